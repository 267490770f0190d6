/*
 * Slow: the statements whose answers took long, by name.
 *
 * All SQL of the program is in named statements without values, so a statement's name says what was
 * asked, and there are only so many names: the memory is bounded. What is fast costs one
 * comparison.
 */
#ifndef DB_SLOW_H
#define DB_SLOW_H

#include <stdint.h>

#include "base/arena.h"
#include "base/shape.h"

/* From how many microseconds on a statement is slow. */
#define SLOW_FROM_US 100000

/* What is known of a statement that has been slow, since the process started. */
struct slow_statement {
    const char *name; /* of the statement; "COMMIT" and the like for the commands around them */
    int64_t calls; /* that were slow */
    int64_t total_ms, mean_ms, max_ms; /* that they took: in all, on average, at most */
    const char *last_at; /* when the last one was answered, RFC 3339 */
};

/* The fields of struct slow_statement as JSON. */
extern const struct shape slow_statement_shape;

/* Note a slow statement: its name, a constant, and how long it took. May be called on any thread.
 */
void slow_note(const char *name, int64_t took_us);

/* Set *rows to all struct slow_statement, in the arena, the most expensive in total first. */
void slow_list(struct arena *arena, struct list *rows);

#endif
