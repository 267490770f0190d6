/*
 * Log: writes log lines to standard error, each of them one JSON object.
 *
 * Every line has `at` (time), `level`, `event` (a short constant name) and the caller's fields. A
 * line is written by one write(2), so that lines of different threads don't mix. Never log secrets.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/json.h"

/* The severity of a line, the lowest first. */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/* Set the lowest level that log_line() writes, for the whole process. It begins as LOG_INFO. */
void log_level_set(enum log_level level);

/* Whether lines of this level are to be written. Ask it before log_begin(), which always writes. */
bool log_is_on(enum log_level level);

/* Write a line whose field `message` is a printf()-formatted text, if its level is on. */
void log_line(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Begin a line with fields of the caller, in memory of the arena, whatever the level:
 *     struct json line = log_begin(&arena, LOG_INFO, "request");
 *     json_put_i64(&line, "status", 200);
 *     log_end(&line);
 */
struct json log_begin(struct arena *arena, enum log_level level, const char *event);

/* Complete the line that log_begin() began, and write it; `line` must not be used afterwards. */
void log_end(struct json *line);

#endif
