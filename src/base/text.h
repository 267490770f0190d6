/*
 * Text: string functions that the C library lacks, and the unification of typed or scanned texts.
 *
 * Returned texts are in the arena (memory that is freed all at once; base/arena.h). Invisible
 * characters are the control, zero-width and direction characters of Unicode.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* The number of elements of an array (not of a pointer). */
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Whether the bytes are valid UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL. */
bool text_is_utf8(const char *bytes, size_t length);

/* Convert a text (valid UTF-8) to its key, the form in which texts are compared and searched: case,
 * width and composition are unified by unicode_fold(), which makes it upper case; invisible
 * characters are removed; white space is trimmed, and runs of it become one blank. */
char *text_key(struct arena *arena, const char *text);

/* Convert a text from a scanner or keyboard to the form in which codes are stored: text_key()
 * without AIM identifiers in front ("]C1", by which a scanner tells the kind of barcode; ISO/IEC
 * 15424). See "Codes" in docs/DATA.md. */
char *text_clean(struct arena *arena, const char *text);

/* Copy a text without the white space and invisible characters at its start and end: phones append
 * them when they complete a name. */
char *text_trim(struct arena *arena, const char *text);

/* The number of characters (code points, not bytes) of a text, as PostgreSQL's length() counts. */
size_t text_length(const char *text);

/* Whether a text is valid as a name on one line: 1 to `most` characters, no blank at start or end,
 * and no ASCII control characters. */
bool text_is_name(const char *text, size_t most);

/* If a text was cut off within a UTF-8 character, remove what is left of it from the end. */
void text_drop_partial_character(char *text);

/* Parse all of `text` as a decimal integer from min to max. Returns false, with *value unchanged,
 * if it is not one. */
bool text_to_i64(const char *text, int64_t min, int64_t max, int64_t *value);

/* Parse a UUID of 32 hex digits in the form 8-4-4-4-12, of any version and case, into 16 bytes.
 * Returns false, with *uuid unchanged, if it is malformed. */
bool text_to_uuid(const char *text, unsigned char uuid[16]);

/* Parse a UUID that a device made as the id of a scan. Returns false if it is malformed, or the nil
 * or max UUID (RFC 9562, 5.9 and 5.10), which are no real ids. */
bool text_to_device_id(const char *text, unsigned char uuid[16]);

/* Format a UUID as lower-case hex digits in the form 8-4-4-4-12 and a NUL, into `text`. */
void uuid_to_text(const unsigned char uuid[16], char text[37]);

/* Format a UUID as lower-case hex digits in the form 8-4-4-4-12; the text is in the arena. */
const char *uuid_text(struct arena *arena, const unsigned char uuid[16]);

/* Format `length` bytes as lower-case hex digits and a NUL; `hex` has room for 2 * length + 1. */
void text_hex(const void *bytes, size_t length, char *hex);

/* Format a number with the singular or plural of a noun: text_count(arena, 2, "bag", "bags") is
 * "2 bags". `one` is used for 1, `other` for all else. The text is in the arena. */
const char *text_count(struct arena *arena, int64_t count, const char *one, const char *other);

/* Whether `text` ends with the bytes of `end`. */
bool text_ends_with(const char *text, const char *end);

/* Whether `text` begins with the bytes of `start`. */
bool text_starts_with(const char *text, const char *start);

#endif
