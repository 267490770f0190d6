/*
 * Arena: memory that is allocated piece by piece and freed all at once.
 *
 * Each call (one unit of work, such as a request; base/call.h) has one. Everything that the call
 * allocates comes from its arena, so no piece is freed by hand. A resource that is not memory, such
 * as an open file, is registered with a closer, a function that the arena calls when it ends.
 *
 * Allocation never returns NULL: input is limited in size before, so running out of memory is a bug
 * or a dying machine, and the process aborts.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/* The compiler warns if the caller ignores the function's result. */
#define MUST_USE __attribute__((warn_unused_result))

/* The compiler checks the arguments against a printf() format: `text` is the number of the format's
 * parameter, `first` that of the first argument, or 0 for a va_list. */
#define PRINTF(text, first) __attribute__((format(printf, text, first)))

/* An arena; initialise it with { 0 }, which is an empty one. */
struct arena {
    struct arena_block *blocks; /* memory, newest block first */
    struct arena_closer *closers; /* functions to call at the end, last registered first */
};

/* A function that closes a resource, such as a file, when the arena ends. */
typedef void arena_close_fn(void *resource);

/* Allocate zeroed memory for `count` items of `size` bytes, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* Copy a NUL-terminated text into the arena; NULL returns NULL. */
char *arena_text(struct arena *arena, const char *text);

/* Copy `length` bytes into the arena and append a NUL. */
char *arena_bytes(struct arena *arena, const void *bytes, size_t length);

/* Format a text like sprintf(), into memory of the arena that is as large as needed. */
char *arena_format(struct arena *arena, const char *format, ...) PRINTF(2, 3);

/* Format a text like vsprintf(), into memory of the arena that is as large as needed. */
char *arena_vformat(struct arena *arena, const char *format, va_list args) PRINTF(2, 0);

/* Register close(resource) to be called when the arena ends, the last registered one first. */
void arena_defer(struct arena *arena, arena_close_fn *close, void *resource);

/* End the arena: call its closers, then free its memory. It is empty afterwards and can be used
 * again. A block of normal size is kept for that, so that small calls need no malloc(). */
void arena_end(struct arena *arena);

/* End the arena for good: as arena_end(), but free all memory, without a block kept for reuse. */
void arena_free(struct arena *arena);

/* Move all memory and closers of `other` into `arena`, and leave `other` empty. Pointers stay
 * valid. When `arena` ends, the closers of `other` are called before its own. */
void arena_take(struct arena *arena, struct arena *other);

/* Allocate one zeroed object of a type in the arena: struct bill *b = NEW(arena, struct bill). */
#define NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))

/* Allocate a zeroed array of `count` objects of a type in the arena. */
#define NEW_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (count), sizeof(type)))

#endif
