/*
 * Text: the few string functions that the C library lacks, and the one way to clean scanner text.
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
 * What names, words and what is searched are compared by, stored and asked for: folded by
 * unicode_fold(), so in upper case; control, zero-width and direction characters are removed; white
 * space is trimmed and runs of it become one blank. `text` is well-formed UTF-8.
 */
char *text_key(struct arena *arena, const char *text);

/*
 * Text from a scanner or a keyboard as a code: its key, without the AIM identifier in front
 * (ISO/IEC 15424: "]C1"). The rule is "Codes" in docs/DATA.md.
 */
char *text_clean(struct arena *arena, const char *text);

/* A copy without white space, control, zero-width and direction characters around it: phones put
 * them behind a name that they complete. */
char *text_trim(struct arena *arena, const char *text);

/* How many characters (not bytes) it has, as PostgreSQL's length() counts them. */
size_t text_length(const char *text);

/* Whether it can be a name on one line: 1 to `most` characters, no blank before or behind, and no
 * control characters. */
bool text_is_name(const char *text, size_t most);

/* After cutting a text: remove the rest of a character that was cut in two. */
void text_drop_partial_character(char *text);

/* All of `text` as a decimal integer within [min, max]; on false *value is unchanged. */
bool text_to_i64(const char *text, int64_t min, int64_t max, int64_t *value);

/* Hex digits as "8-4-4-4-12", of any version and case, into 16 bytes. */
bool text_to_uuid(const char *text, unsigned char uuid[16]);

/* As text_to_uuid(), for an id that a device has made: the nil and max UUIDs (RFC 9562, 5.9
 * and 5.10) are nobody's. */
bool text_to_device_id(const char *text, unsigned char uuid[16]);

/* A UUID as "8-4-4-4-12" lower-case hex digits and a NUL. */
void uuid_to_text(const unsigned char uuid[16], char text[37]);

/* A UUID as uuid_to_text() writes it, in the arena. */
const char *uuid_text(struct arena *arena, const unsigned char uuid[16]);

/* Lower-case hex of `length` bytes; `hex` has room for 2 * length + 1. */
void text_hex(const void *bytes, size_t length, char *hex);

/* "1 bag is", "2 bags are": the number and the form of the words that goes with it. All plurals are
 * made here. */
const char *text_count(struct arena *arena, int64_t count, const char *one, const char *other);

/* Whether the text ends with `end`. */
bool text_ends_with(const char *text, const char *end);

/* Whether the text begins with `start`. */
bool text_starts_with(const char *text, const char *start);

#endif
