#include "base/log.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

static const char *const log_names[] = { "debug", "info", "warning", "error" };

static atomic_int least = LOG_INFO;

void log_level_set(enum log_level level)
{
    atomic_store(&least, (int)level);
}

bool log_is_on(enum log_level level)
{
    return (int)level >= atomic_load(&least);
}

struct json log_begin(struct arena *arena, enum log_level level, const char *event)
{
    struct json line = json_new(arena);
    char now[32];

    clock_rfc3339(now);
    json_open(&line, '{');
    json_put_text(&line, "at", now);
    json_put_text(&line, "level", log_names[level]);
    json_put_text(&line, "event", event);
    return line;
}

/* One write() unless the pipe takes less, or a signal comes between. */
static void write_out(const char *bytes, size_t length)
{
    while (length) {
        const ssize_t wrote = write(STDERR_FILENO, bytes, length);

        if (wrote < 0 && errno != EINTR)
            return;
        if (wrote > 0) {
            bytes += wrote;
            length -= (size_t)wrote;
        }
    }
}

void log_end(struct json *line)
{
    json_close(line, '}');

    /* In place of the terminating NUL, so that line and newline are one write. */
    line->text[line->length] = '\n';
    write_out(line->text, line->length + 1);
    line->text[line->length] = '\0';
}

/* Messages quote the world (a server's words, a path), and the world isn't always UTF-8. */
static void make_utf8(char *text)
{
    if (text_is_utf8(text, strlen(text)))
        return;
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            *text = '?';
}

void log_line(enum log_level level, const char *event, const char *format, ...)
{
    if (!log_is_on(level))
        return;

    struct arena arena = { 0 };
    va_list args;

    va_start(args, format);
    char *message = arena_vformat(&arena, format, args);
    va_end(args);

    make_utf8(message);

    struct json line = log_begin(&arena, level, event);

    json_put_text(&line, "message", message);
    log_end(&line);
    arena_free(&arena);
}
