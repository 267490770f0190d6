/*
 * Fuzz: one input for one parser.
 *
 * Each fuzz_<target>.c defines fuzz(), which asserts what must hold whatever the bytes are. It is
 * built twice: with libFuzzer, which looks for inputs that break it (`make fuzz`), and with a plain
 * main() that replays fuzz/corpus and fuzz/regression as a unit test.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "base/call.h"

/* The bytes stand in memory of exactly `length` bytes, so that reading past them is noticed. */
void fuzz(struct call *call, const char *bytes, size_t length);

/* Runs fuzz() in a call of its own. */
void fuzz_run(const char *bytes, size_t length);

struct span {
    const char *bytes;
    size_t length;
};

/* Takes the first line off `rest`; its end is not part of it. */
struct span fuzz_line(struct span *rest);

/* The same as a text in the call's arena, cut at a NUL as every C text is. */
const char *fuzz_line_text(struct call *call, struct span *rest);

/* Whether a C text could stand in an answer. */
bool fuzz_is_utf8(const char *text);

/* The fault is one of those that the parser may set, and what it says can be shown. */
void fuzz_check_fault(const struct call *call);

#endif
