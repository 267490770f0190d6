#include <arpa/inet.h>
#include <assert.h>
#include <endian.h>
#include <inttypes.h>
#include <string.h>

#include "db/db_args.h"

/* Types of PostgreSQL's catalogue (pg_type.dat); they never change. */
#define OID_INT8 20
#define OID_TEXT 25
#define OID_UUID 2950

/* Dimensions, null flag, element type, size, lower bound. */
#define ARRAY_HEADER 20
#define ARRAY_BYTES_MAX ((size_t)64 * 1024 * 1024)

struct db_param db_text(const char *text)
{
    return (struct db_param){ .bytes = text };
}

struct db_param db_i64(struct call *call, int64_t value)
{
    return db_text(value == NO_I64 ? NULL : arena_format(&call->arena, "%" PRId64, value));
}

struct db_param db_id(struct call *call, int64_t id)
{
    return db_i64(call, id == 0 ? NO_I64 : id);
}

struct db_param db_bool(bool value)
{
    return db_text(value ? "t" : "f");
}

static char *put_i32(char *at, int32_t value)
{
    const uint32_t wire = htonl((uint32_t)value);

    memcpy(at, &wire, sizeof wire);
    return at + sizeof wire;
}

/* The header of a one-dimensional array; `bytes` is what the elements need, lengths included. */
static struct db_param array_begin(
    struct call *call, int32_t type, size_t count, size_t bytes, char **at)
{
    assert(count <= INT32_MAX && bytes <= ARRAY_BYTES_MAX);

    /* An array without elements has no dimensions. */
    const size_t header = count ? ARRAY_HEADER : ARRAY_HEADER - 8;
    char *array = arena_alloc(&call->arena, header + bytes, 1);

    *at = put_i32(array, count ? 1 : 0);
    *at = put_i32(*at, 1);
    *at = put_i32(*at, type);
    if (count) {
        *at = put_i32(*at, (int32_t)count);
        *at = put_i32(*at, 1);
    }
    return (struct db_param){ .bytes = array, .length = (int)(header + bytes), .format = 1 };
}

static char *put_element(char *at, const void *bytes, size_t length)
{
    if (!bytes)
        return put_i32(at, -1);

    at = put_i32(at, (int32_t)length);
    memcpy(at, bytes, length);
    return at + length;
}

struct db_param db_i64_array(struct call *call, const int64_t *items, size_t count)
{
    size_t nulls = 0;
    char *at;

    for (size_t i = 0; i < count; i++)
        nulls += items[i] == NO_I64;

    const size_t bytes = count * 4 + (count - nulls) * sizeof *items;
    const struct db_param array = array_begin(call, OID_INT8, count, bytes, &at);

    for (size_t i = 0; i < count; i++) {
        const uint64_t wire = htobe64((uint64_t)items[i]);

        at = put_element(at, items[i] == NO_I64 ? NULL : &wire, sizeof wire);
    }
    return array;
}

struct db_param db_text_array(struct call *call, const char *const *items, size_t count)
{
    size_t bytes = count * 4;
    char *at;

    for (size_t i = 0; i < count; i++)
        bytes += items[i] ? strlen(items[i]) : 0;

    const struct db_param array = array_begin(call, OID_TEXT, count, bytes, &at);

    for (size_t i = 0; i < count; i++)
        at = put_element(at, items[i], items[i] ? strlen(items[i]) : 0);
    return array;
}

struct db_param db_uuid_array(struct call *call, const unsigned char (*items)[16], size_t count)
{
    char *at;
    const struct db_param array = array_begin(call, OID_UUID, count, count * (4 + 16), &at);

    for (size_t i = 0; i < count; i++)
        at = put_element(at, items[i], 16);
    return array;
}
