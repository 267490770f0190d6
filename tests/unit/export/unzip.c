#include "unit/export/unzip.h"

#include <stdint.h>
#include <zlib.h>

#include "test.h"

/* Sizes of the records of APPNOTE.TXT, 4.3, without the names behind them. */
#define END_SIZE 22
#define ENTRY_SIZE 46
#define LOCAL_SIZE 30

static uint32_t number(const char *bytes, int count)
{
    uint32_t value = 0;

    while (count--)
        value = value << 8 | (unsigned char)bytes[count];
    return value;
}

static const char *inflate_text(
    struct arena *arena, const char *packed, uint32_t size, uint32_t room)
{
    char *text = arena_alloc(arena, room + 1, 1);
    z_stream stream = {
        .next_in = (unsigned char *)packed,
        .avail_in = size,
        .next_out = (unsigned char *)text,
        .avail_out = room + 1,
    };

    assert_int_equal(inflateInit2(&stream, -15), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, room);
    inflateEnd(&stream);
    return text;
}

const char *unzip_text(struct arena *arena, const char *archive, size_t length, const char *name)
{
    const char *end = archive + length - END_SIZE;

    assert_memory_equal(end, "PK\5\6", 4);

    const char *entry = archive + number(end + 16, 4);

    for (uint32_t left = number(end + 10, 2); left; left--) {
        const uint32_t name_length = number(entry + 28, 2);
        const char *local = archive + number(entry + 42, 4);

        if (name_length == strlen(name) && memcmp(entry + ENTRY_SIZE, name, name_length) == 0)
            return inflate_text(arena,
                local + LOCAL_SIZE + number(local + 26, 2) + number(local + 28, 2),
                number(entry + 20, 4), number(entry + 24, 4));
        entry += ENTRY_SIZE + name_length + number(entry + 30, 2) + number(entry + 32, 2);
    }
    return NULL;
}
