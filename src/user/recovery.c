#include "user/recovery.h"

#include <ctype.h>
#include <openssl/rand.h>
#include <string.h>

#include "auth/digest.h"

#define LETTERS 24
#define GROUP 4

/* 32 of them: each letter takes five bits, and none is mistaken for another. */
static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";

bool recovery_code_create(struct call *call, const char **code)
{
    unsigned char bytes[LETTERS];
    char text[LETTERS + LETTERS / GROUP], *end = text;

    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return fail(call, FAULT_INTERNAL, "no random bytes");

    for (int i = 0; i < LETTERS; i++) {
        if (i && i % GROUP == 0)
            *end++ = '-';
        *end++ = alphabet[bytes[i] % 32];
    }
    *code = arena_bytes(&call->arena, text, (size_t)(end - text));
    explicit_bzero(bytes, sizeof bytes);
    explicit_bzero(text, sizeof text);
    return true;
}

const char *recovery_code_hash(struct arena *arena, const char *code)
{
    char letters[LETTERS + 1];
    int count = 0;

    for (; *code; code++) {
        const char letter = (char)tolower((unsigned char)*code);

        if (letter == '-' || letter == ' ')
            continue;
        if (count == LETTERS || !strchr(alphabet, letter))
            return NULL;
        letters[count++] = letter;
    }
    letters[count] = '\0';
    return count == LETTERS ? digest_text(arena, letters) : NULL;
}
