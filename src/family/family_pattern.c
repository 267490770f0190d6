#include "family/family_pattern.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#define DEPTH_MAX 4
#define TIMES_MAX 20

/* Nothing longer is a code; adding up stops here. */
#define LENGTH_MAX 1000

struct family_pattern_reader {
    const char *at;
    enum reason wrong; /* REASON_NONE while all is well */
    int depth;
};

static struct family_lengths read_choice(struct family_pattern_reader *reader);

static struct family_lengths complain(struct family_pattern_reader *reader, enum reason wrong)
{
    if (!reader->wrong)
        reader->wrong = wrong;
    return (struct family_lengths){ 0, 0 };
}

static bool family_pattern_take(struct family_pattern_reader *reader, char c)
{
    if (*reader->at != c)
        return false;
    reader->at++;
    return true;
}

/* ASCII alone: what isalnum() says of others depends on where it runs. */
static bool is_letter_or_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "[1-9A]", from behind its bracket. */
static struct family_lengths read_set(struct family_pattern_reader *reader)
{
    const char *start = reader->at;

    while (is_letter_or_digit(*reader->at)) {
        const char first = *reader->at++;

        if (!family_pattern_take(reader, '-'))
            continue;
        if (!is_letter_or_digit(*reader->at) || *reader->at < first)
            return complain(reader, REASON_PATTERN_SET);
        reader->at++;
    }
    if (reader->at == start || !family_pattern_take(reader, ']'))
        return complain(reader, REASON_PATTERN_SET);
    return (struct family_lengths){ 1, 1 };
}

static struct family_lengths read_group(struct family_pattern_reader *reader)
{
    if (++reader->depth > DEPTH_MAX)
        return complain(reader, REASON_PATTERN_NESTED);

    const struct family_lengths lengths = read_choice(reader);

    reader->depth--;
    return family_pattern_take(reader, ')') ? lengths : complain(reader, REASON_PATTERN_GROUP);
}

static struct family_lengths read_piece(struct family_pattern_reader *reader)
{
    if (family_pattern_take(reader, '('))
        return read_group(reader);
    if (family_pattern_take(reader, '['))
        return read_set(reader);
    if (family_pattern_take(reader, '\\'))
        return family_pattern_take(reader, 'd') ? (struct family_lengths){ 1, 1 }
                                                : complain(reader, REASON_PATTERN_BACKSLASH);
    if (is_letter_or_digit(*reader->at) || *reader->at == '-') {
        reader->at++;
        return (struct family_lengths){ 1, 1 };
    }
    return complain(reader, REASON_PATTERN_SIGN);
}

static bool family_pattern_read_number(struct family_pattern_reader *reader, int *number)
{
    if (!isdigit((unsigned char)*reader->at))
        return false;

    for (*number = 0; isdigit((unsigned char)*reader->at) && *number <= TIMES_MAX; reader->at++)
        *number = *number * 10 + (*reader->at - '0');
    return *number <= TIMES_MAX;
}

static struct family_lengths family_pattern_repeat(
    struct family_lengths lengths, int least, int most)
{
    lengths.shortest *= least;
    lengths.longest *= most;
    if (lengths.longest > LENGTH_MAX)
        lengths.longest = LENGTH_MAX;
    if (lengths.shortest > LENGTH_MAX)
        lengths.shortest = LENGTH_MAX;
    return lengths;
}

/* A piece, and how often it may stand there. */
static struct family_lengths read_counted(struct family_pattern_reader *reader)
{
    const struct family_lengths lengths = read_piece(reader);
    int least, most;

    if (reader->wrong)
        return lengths;
    if (family_pattern_take(reader, '?'))
        return family_pattern_repeat(lengths, 0, 1);
    if (!family_pattern_take(reader, '{'))
        return lengths;

    if (!family_pattern_read_number(reader, &least))
        return complain(reader, REASON_PATTERN_REPEAT);
    most = least;
    if (family_pattern_take(reader, ',') && !family_pattern_read_number(reader, &most))
        return complain(reader, REASON_PATTERN_REPEAT);
    if (most < least || most == 0 || !family_pattern_take(reader, '}'))
        return complain(reader, REASON_PATTERN_REPEAT);
    return family_pattern_repeat(lengths, least, most);
}

static struct family_lengths read_row(struct family_pattern_reader *reader)
{
    struct family_lengths all = { 0, 0 };

    while (!reader->wrong && *reader->at && !strchr("|)$", *reader->at)) {
        const struct family_lengths one = read_counted(reader);

        all.shortest += one.shortest;
        all.longest += one.longest;
        all = family_pattern_repeat(all, 1, 1);
    }
    return all;
}

/*
 * One of "a|b|c". What is empty adds nothing to the length however often it is repeated, and work
 * without end to whoever looks for it.
 */
static struct family_lengths read_alternative(struct family_pattern_reader *reader)
{
    const struct family_lengths row = read_row(reader);

    return row.longest ? row : complain(reader, REASON_PATTERN_EMPTY);
}

/* "a|b|c", within a group. */
static struct family_lengths read_choice(struct family_pattern_reader *reader)
{
    struct family_lengths all = read_alternative(reader);

    while (!reader->wrong && family_pattern_take(reader, '|')) {
        const struct family_lengths one = read_alternative(reader);

        if (one.shortest < all.shortest)
            all.shortest = one.shortest;
        if (one.longest > all.longest)
            all.longest = one.longest;
    }
    return all;
}

/* Alternatives stand in groups: "^A|B$" is not held at both ends. */
bool family_pattern_read(const char *pattern, struct family_lengths *lengths, enum reason *wrong)
{
    struct family_pattern_reader reader = { .at = pattern };

    if (!family_pattern_take(&reader, '^'))
        complain(&reader, REASON_PATTERN_HAT);
    *lengths = read_row(&reader);
    if (!reader.wrong && *reader.at == '|')
        complain(&reader, REASON_PATTERN_ALTERNATIVES);
    if (!reader.wrong && (!family_pattern_take(&reader, '$') || *reader.at))
        complain(&reader, REASON_PATTERN_DOLLAR);

    *wrong = reader.wrong;
    return !reader.wrong;
}
