/*
 * Log: one JSON object per line on standard error.
 *
 * Every line has `at`, `level`, `event` (a short constant name) and the caller's fields. A line is
 * one write(2), so lines of different threads never mix. Never log secrets.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/json.h"

/* How important a line is, the least first. */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/* Lines below `level` are not written. The default is LOG_INFO. */
void log_level_set(enum log_level level);

/* Whether lines of this level are written; for those that cost something to make. */
bool log_is_on(enum log_level level);

/* A line with a text message. */
void log_line(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * A line with fields:
 *     struct json line = log_begin(&arena, LOG_INFO, "request");
 *     json_put_i64(&line, "status", 200);
 *     log_end(&line);
 */
struct json log_begin(struct arena *arena, enum log_level level, const char *event);

/* Write the line that log_begin() began. Its memory is the arena that was given there. */
void log_end(struct json *line);

#endif
