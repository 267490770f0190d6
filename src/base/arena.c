#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#endif

/* Half of all calls need less than this, bodies and answers included. */
#define BLOCK_SIZE ((size_t)4096 - 32)

struct arena_block {
    struct arena_block *older;
    size_t size, used;
    max_align_t bytes[];
};

struct arena_closer {
    struct arena_closer *older;
    arena_close_fn *close;
    void *resource;
};

static size_t round_up(size_t size)
{
    const size_t unit = sizeof(max_align_t);

    return (size + unit - 1) / unit * unit;
}

static struct arena_block *block_new(size_t size, struct arena_block *older)
{
    struct arena_block *block = malloc(sizeof *block + size);

    if (!block)
        abort();

    *block = (struct arena_block){ .older = older, .size = size };
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    return block;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    assert(size > 0 && count <= SIZE_MAX / 4 / size);

    /* One byte more than asked for is rounded up and poisoned, so ASan sees a run past the end. */
    const size_t want = round_up(count * size + 1);
    struct arena_block *block = arena->blocks;

    if (!block || block->size - block->used < want) {
        const size_t fresh = want > BLOCK_SIZE ? want : BLOCK_SIZE;

        block = arena->blocks = block_new(fresh, block);
    }

    void *memory = (char *)block->bytes + block->used;

    block->used += want;
    ASAN_UNPOISON_MEMORY_REGION(memory, count * size);
    return memset(memory, 0, count * size);
}

char *arena_bytes(struct arena *arena, const void *bytes, size_t length)
{
    char *copy = arena_alloc(arena, length + 1, 1);

    return length ? memcpy(copy, bytes, length) : copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text ? arena_bytes(arena, text, strlen(text)) : NULL;
}

char *arena_vformat(struct arena *arena, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);

    char *text = arena_alloc(arena, (size_t)length + 1, 1);

    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = arena_vformat(arena, format, args);
    va_end(args);
    return text;
}

void arena_defer(struct arena *arena, arena_close_fn *close, void *resource)
{
    struct arena_closer *closer = NEW(arena, struct arena_closer);

    *closer = (struct arena_closer){ arena->closers, close, resource };
    arena->closers = closer;
}

static void blocks_free(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;

        ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
        free(block);
        block = older;
    }
}

void arena_end(struct arena *arena)
{
    for (struct arena_closer *closer = arena->closers; closer; closer = closer->older)
        closer->close(closer->resource);

    arena->closers = NULL;

    struct arena_block *block = arena->blocks;

    if (!block)
        return;

    blocks_free(block->older);
    block->older = NULL;

    if (block->size > BLOCK_SIZE) {
        blocks_free(block);
        arena->blocks = NULL;
        return;
    }

    block->used = 0;
    ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
}

void arena_free(struct arena *arena)
{
    arena_end(arena);
    blocks_free(arena->blocks);
    arena->blocks = NULL;
}

void arena_take(struct arena *arena, struct arena *other)
{
    struct arena_block **block = &other->blocks;
    struct arena_closer **closer = &other->closers;

    while (*block)
        block = &(*block)->older;
    while (*closer)
        closer = &(*closer)->older;

    *block = arena->blocks;
    *closer = arena->closers;
    *arena = *other;
    *other = (struct arena){ 0 };
}
