/*
 * Text: the few string helpers the C library lacks, and the one cleaning of scanner text.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms), no NUL. */
bool text_is_utf8(const char *bytes, size_t length);

/*
 * What a scanner or a person typed, made comparable: folded (unicode_fold()), so in upper case;
 * control, zero-width and direction characters go, white space is trimmed and runs of it become one
 * blank; an AIM identifier that the scanner has put in front (ISO/IEC 15424: "]C1") goes. `text` is
 * well-formed UTF-8. Rule: "Codes" in docs/DATA.md.
 */
char *text_clean(struct arena *arena, const char *text);

/* Take away what is left of a last character that a cut has gone through. */
void text_drop_partial_character(char *text);

/* A decimal integer within [min, max], all of `text`; false leaves *value alone. */
bool text_to_i64(const char *text, int64_t min, int64_t max, int64_t *value);

/* "8-4-4-4-12" hex digits, any version and case, into 16 bytes. */
bool text_to_uuid(const char *text, unsigned char uuid[16]);
void uuid_to_text(const unsigned char uuid[16], char text[37]);

/* Lower-case hex of `length` bytes; `hex` has room for 2 * length + 1. */
void text_hex(const void *bytes, size_t length, char *hex);

bool text_ends_with(const char *text, const char *end);
bool text_starts_with(const char *text, const char *start);

#endif
