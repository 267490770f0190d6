/*
 * Words: the messages that the program shows to users, by name and parameters, with English text.
 *
 * The table base/words.def has every message once, as a row REFUSAL (why a request is refused),
 * WRONG (why a field is invalid) or NOTICE (a message in a user's inbox inside the program). Code
 * names a message and its parameters, WORDS(BILL_FULL, .bill = code), so a wrong name does not
 * compile. Clients get the message's key and parameters too, so they can translate it. Memory comes
 * from an arena (freed all at once; base/arena.h).
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdint.h>

#include "base/json.h"
#include "base/word_set.h"

/* The messages that tell why something failed: REASON_<name> for each REFUSAL and WRONG row. Each
 * fault (enum fault_code) has a general message too, REASON_FAULT_..., with the fault's value. */
enum reason {
    REASON_NONE, /* no message */
#define FAULT(code, slug, http, exit, title) REASON_##code,
#include "base/fault.def"
#undef FAULT
#define REFUSAL(name, key, fault, params, english) REASON_##name,
#define WRONG(name, key, params, english) REASON_##name,
#include "base/words.def"
    REASON_COUNT /* how many values there are, with REASON_NONE */
};

/* The kinds of notices (messages in a user's inbox inside the program), such as
 * NOTICE_PROMOTION_ASKED: one for each NOTICE row. */
enum notice_kind {
    NOTICE_NONE, /* no notice */
#define NOTICE(name, kind, params, link, title, message) NOTICE_##name,
#include "base/words.def"
    NOTICE_COUNT /* how many values there are, with NOTICE_NONE */
};

/* The API names of the values of enum reason, such as "bill_full", and of enum notice_kind, such as
 * "promotion_asked". */
extern const struct word_set reason_set, notice_kind_set;

/* Below, the table declares a struct of the parameters of each message, for example
 * struct words_BILL_FULL { char head; const char *bill; }. A parameter takes 8 bytes, as does the
 * unused `head`. words.def undefines the macros at its end. */

/* In the table: the message has no parameters. */
#define NOTHING
/* Declares a text parameter of a message, as a member of its struct. */
#define TEXT(name) _Alignas(8) const char *name;
/* Declares a whole number parameter of a message, as a member of its struct. */
#define COUNT(name) _Alignas(8) int64_t name;
/* clang-format off */
/* Makes a row NOTICE of the table declare struct words_<name>, the parameters of the message. */
#define NOTICE(name, kind, params, link, title, message) struct words_##name { _Alignas(8) char head; params };
/* Makes a row REFUSAL of the table declare struct words_<name>, the parameters of the message. */
#define REFUSAL(name, key, fault, params, english) struct words_##name { _Alignas(8) char head; params };
/* Makes a row WRONG of the table declare struct words_<name>, the parameters of the message. */
#define WRONG(name, key, params, english) struct words_##name { _Alignas(8) char head; params };
/* clang-format on */
#include "base/words.def"

/* A parameter of a message, which its text has in braces: "Bill {bill} is full." */
struct words_param {
    const char *name; /* NULL behind the last */
    bool is_count; /* true: an int64_t; false: a text */
};

/* A message of the table, without values for its parameters. Rows are constants. */
struct words_row {
    const char *key; /* API name, such as "bill_full" */
    int fault; /* enum fault_code of a call that fails with it; FAULT_NONE for a notice */
    const struct words_param *params; /* the last one has the name NULL */
    const char *title; /* of a notice: the English heading; else NULL */
    const char *english; /* the English text, with {parameters} */
    const char *link; /* of a notice: the path of the page to open; else NULL */
};

/* The row of the table for a reason; never NULL. */
const struct words_row *words_reason(enum reason reason);

/* The row of the table for the key of a reason, such as "bill_full"; NULL if there is none. */
const struct words_row *words_find(const char *key);

/* The row of the table for a kind of notice; never NULL. */
const struct words_row *words_notice(enum notice_kind kind);

/* A message for the user, with the values of its parameters. */
struct words {
    enum reason reason; /* which message; REASON_NONE: none */
    const char *params; /* parameter names and values as a JSON object; NULL is an empty one */
    const char *english; /* the English text, with the values filled in */
};

/* Expands to the two arguments `reason, params` of words_say() and similar functions, from the name
 * of a message and its parameters: WORDS(PARENT_EMPTY, .parent = qr). The parameters are a
 * temporary struct that ends with the enclosing block, so a function must not keep them. */
#define WORDS(...) WORDS_OF(__VA_ARGS__, .head = 0)
/* Used by WORDS() only, which adds `.head = 0` so that `...` is never empty. */
#define WORDS_OF(name, ...)                                                                        \
    REASON_##name, &(const struct words_##name)                                                    \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
/* Expands to the two arguments `kind, params` of notice_send_to() and similar functions, from the
 * name of a kind of notice and its parameters: WORDS_NOTICE(PROMOTION_ASKED, .username = name). */
#define WORDS_NOTICE(...) WORDS_NOTICE_OF(__VA_ARGS__, .head = 0)
/* Used by WORDS_NOTICE() only, which adds `.head = 0` so that `...` is never empty. */
#define WORDS_NOTICE_OF(name, ...)                                                                 \
    NOTICE_##name, &(const struct words_##name)                                                    \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* Make a message for the user from a reason and the values of its parameters, in the arena; call it
 * with WORDS(). `params` is a struct words_<name>, or NULL for a reason without parameters. A
 * parameter's text is cut after 2,000 bytes. */
struct words words_say(struct arena *arena, enum reason reason, const void *params);

/* Write the parameters of a row as a JSON object, in the arena. `params` is a struct words_<name>,
 * or NULL if the row has none. */
const char *words_params(struct arena *arena, const struct words_row *row, const void *params);

/* Fill the parameters into an English text: `english` is a text of the row (its title or english),
 * `params` a JSON object from words_params(); those that are missing there are "" or 0. Returns a
 * text in the arena. */
const char *words_english(
    struct arena *arena, const struct words_row *row, const char *english, const char *params);

/* Copy a message into an arena. */
struct words words_copy(struct arena *arena, const struct words *words);

/* Append "reason": its key and "params": its parameters to the JSON object that is open, as in the
 * API's error responses. */
void words_to_json(struct json *json, const struct words *words);

#endif
