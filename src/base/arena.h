/*
 * Arena: memory and clean-up for one call.
 *
 * Everything a call allocates comes from its arena and goes away with it, so nothing in this
 * program is freed by hand. Resources that are not memory (a temporary file, an open cursor)
 * hand the arena a closer with arena_defer(); closers run last-in first-out before the memory goes.
 *
 * arena_alloc() never returns NULL. Input is bounded before it gets here, so running out of
 * memory is a bug or a dying machine, and the process aborts.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(text, first) __attribute__((format(printf, text, first)))

/* Memory that is given back all at once, and functions to call then. All zeros is an empty one. */
struct arena {
    struct arena_block *blocks;
    struct arena_closer *closers;
};

/* Closes a resource, such as a file, when the arena ends. */
typedef void arena_close_fn(void *resource);

/* Zeroed memory for `count` items of `size` bytes, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* A copy of `text` that lives as long as the arena; NULL stays NULL. */
char *arena_text(struct arena *arena, const char *text);

/* A NUL-terminated copy of the `length` bytes at `bytes`. */
char *arena_bytes(struct arena *arena, const void *bytes, size_t length);

/* sprintf() into the arena. */
char *arena_format(struct arena *arena, const char *format, ...) PRINTF(2, 3);

/* As arena_format(), with the arguments of a function that has them already. */
char *arena_vformat(struct arena *arena, const char *format, va_list args) PRINTF(2, 0);

/* Call close(resource) when the arena ends. */
void arena_defer(struct arena *arena, arena_close_fn *close, void *resource);

/*
 * Run the closers and leave an empty arena for the next call. The newest block is kept for it,
 * unless that is a large one, so that small calls need no malloc; arena_free() gives it back as
 * well.
 */
void arena_end(struct arena *arena);

/* As arena_end(), and give the first block back to the system too. */
void arena_free(struct arena *arena);

/* Move all memory and closers of `other` to `arena`; `other` is empty after it. What came from
 * `other` is closed first. */
void arena_take(struct arena *arena, struct arena *other);

#define NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define NEW_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (count), sizeof(type)))

#endif
