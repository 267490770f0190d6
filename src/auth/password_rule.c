#include "auth/password_rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "auth/password.h"
#include "base/text.h"

#define SHORTEST 8
#define PASSPHRASE 15
#define DIFFERENT_BYTES 5

static const char *const common_words[] = {
#include "auth/common_word.def"
#include "common_words.h"
};

static bool has_all_kinds(const char *password)
{
    bool upper = false, lower = false, digit = false, other = false;

    for (; *password; password++) {
        if (*password >= 'A' && *password <= 'Z')
            upper = true;
        else if (*password >= 'a' && *password <= 'z')
            lower = true;
        else if (*password >= '0' && *password <= '9')
            digit = true;
        else
            other = true;
    }
    return upper && lower && digit && other;
}

/* Lower case, and what is written for a letter because it looks like it becomes that letter. */
static char password_rule_plain(char c)
{
    static const char look_alikes[] = "0o1i!i|ili3e4a@a5s$s7t";

    c = (char)tolower((unsigned char)c);
    for (const char *pair = look_alikes; *pair; pair += 2)
        if (*pair == c)
            return pair[1];
    return c;
}

/* Whether the text is the word, once or again and again, to somebody who reads generously. */
static bool reads_as(const char *text, size_t length, const char *word)
{
    const size_t word_length = strlen(word);

    if (word_length == 0 || length == 0 || length % word_length != 0)
        return false;

    for (size_t i = 0; i < length; i++)
        if (password_rule_plain(text[i]) != password_rule_plain(word[i % word_length]))
            return false;
    return true;
}

static bool is_common(const char *text, size_t length, const char *username)
{
    if (reads_as(text, length, username))
        return true;

    for (size_t i = 0; i < COUNT_OF(common_words); i++)
        if (reads_as(text, length, common_words[i]))
            return true;
    return false;
}

/* With as many of the digits and signs in front and behind taken away as it needs. */
static bool is_common_with_tail(const char *password, const char *username)
{
    const size_t length = strlen(password);
    size_t first = 0, last = length;

    while (first < length && !isalpha((unsigned char)password[first]))
        first++;
    while (last > first && !isalpha((unsigned char)password[last - 1]))
        last--;

    for (size_t end = last; end <= length; end++)
        if (is_common(password, end, username)
            || is_common(password + first, end - first, username))
            return true;
    return false;
}

static bool has_few_different(const char *password)
{
    bool seen[256] = { false };
    int count = 0;

    for (; *password; password++) {
        count += !seen[(unsigned char)*password];
        seen[(unsigned char)*password] = true;
    }
    return count < DIFFERENT_BYTES;
}

/* Three steps of four go to the same or a neighbouring character. */
static bool is_a_run(const char *password)
{
    size_t steps = 0, near = 0;

    for (; password[0] && password[1]; password++, steps++) {
        const int step =
            abs(tolower((unsigned char)password[0]) - tolower((unsigned char)password[1]));

        near += step <= 1 || (step == 9 && isdigit((unsigned char)password[0]));
    }
    return near * 4 >= steps * 3;
}

bool password_rule_check(
    struct call *call, const char *field, const char *username, const char *password)
{
    password = password_normal(&call->arena, password);

    const size_t characters = text_length(password);

    if (characters > PASSWORD_CHARACTERS_MAX)
        return fail_field(call, field, TOO_LONG, .most = PASSWORD_CHARACTERS_MAX);
    if (characters < SHORTEST || (characters < PASSPHRASE && !has_all_kinds(password)))
        return fail_field(call, field, PASSWORD_WEAK, .least = SHORTEST, .passphrase = PASSPHRASE);
    if (has_few_different(password) || is_a_run(password)
        || is_common_with_tail(password, username))
        return fail_field(call, field, PASSWORD_GUESSED);
    return true;
}
