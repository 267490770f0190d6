/*
 * Words: what the program says to people, by key and parameters, and in English.
 *
 * words.def has every sentence once. Whoever says one names it and gives its parameters by name,
 * WORDS(BILL_FULL, .bill = code), so a sentence or a parameter that isn't in the table does not
 * compile. A program that reads the key and the parameters can say it in any language; who can't
 * reads the English.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdint.h>

#include "base/json.h"
#include "base/word_set.h"

/* A fault alone is a reason too: its value is that of its enum fault_code. */
enum reason {
    REASON_NONE,
#define FAULT(code, slug, http, exit, title) REASON_##code,
#include "base/fault.def"
#undef FAULT
#define REFUSAL(name, key, fault, params, english) REASON_##name,
#define WRONG(name, key, params, english) REASON_##name,
#include "base/words.def"
    REASON_COUNT
};

/* What a notice, a message to a person inside the program, is about: the NOTICE rows of the
 * table. */
enum notice_kind {
    NOTICE_NONE,
#define NOTICE(name, kind, params, link, title, message) NOTICE_##name,
#include "base/words.def"
    NOTICE_COUNT
};

/* The keys of all reasons, and the kinds of all notices, as words. */
extern const struct word_set reason_set, notice_kind_set;

/* The parameters of each sentence: struct words_BILL_FULL { ...; const char *bill; } and so on.
 * Each is 8 bytes, in the order of the table, behind the first 8. */
#define NOTHING
#define TEXT(name) _Alignas(8) const char *name;
#define COUNT(name) _Alignas(8) int64_t name;
/* clang-format off */
#define NOTICE(name, kind, params, link, title, message) struct words_##name { _Alignas(8) char head; params };
#define REFUSAL(name, key, fault, params, english) struct words_##name { _Alignas(8) char head; params };
#define WRONG(name, key, params, english) struct words_##name { _Alignas(8) char head; params };
/* clang-format on */
#include "base/words.def"

/* A parameter of a sentence: the name in braces. */
struct words_param {
    const char *name; /* NULL behind the last */
    bool is_count;
};

/* A row of the table. */
struct words_row {
    const char *key;
    int fault; /* enum fault_code */
    const struct words_param *params;
    const char *title; /* of a notice */
    const char *english;
    const char *link; /* of a notice */
};

/* The row of a reason, or of a kind of notice; never NULL. */
const struct words_row *words_reason(enum reason reason);

/* The row of a kind of notice; never NULL. */
const struct words_row *words_notice(enum notice_kind kind);

/* What was said: the sentence with its parameters filled in. */
struct words {
    enum reason reason; /* REASON_NONE: nothing */
    const char *params; /* a JSON object; NULL is an empty one */
    const char *english;
};

/*
 * The two arguments `reason, params` of words_say() and its like; WORDS(PARENT_EMPTY, .parent =
 * qr). Its last member gives what is variable something to hold.
 */
#define WORDS(...) WORDS_OF(__VA_ARGS__, .head = 0)
#define WORDS_OF(name, ...)                                                                        \
    REASON_##name, &(const struct words_##name)                                                    \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define WORDS_NOTICE(...) WORDS_NOTICE_OF(__VA_ARGS__, .head = 0)
#define WORDS_NOTICE_OF(name, ...)                                                                 \
    NOTICE_##name, &(const struct words_##name)                                                    \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* Make what a person is told: the reason, its parameters as JSON, and the English sentence, all in
 * the arena. `params` is a struct words_<name>, or NULL for a reason without parameters; a
 * parameter's text is cut after 2,000 bytes. */
struct words words_say(struct arena *arena, enum reason reason, const void *params);

/*
 * words_params() writes the parameters of a row (a struct words_<name>) as a JSON object;
 * words_english() fills in a text of the row, its title or its English, with the parameters in such
 * an object.
 */
const char *words_params(struct arena *arena, const struct words_row *row, const void *params);
const char *words_english(
    struct arena *arena, const struct words_row *row, const char *english, const char *params);

/* A copy of what was said, in another arena. */
struct words words_copy(struct arena *arena, const struct words *words);

/* "reason" and "params", as problems and their fields have them. */
void words_to_json(struct json *json, const struct words *words);

#endif
