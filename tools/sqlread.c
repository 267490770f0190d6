#include "sqlread.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENTS_MAX 2000

struct statement statements[STATEMENTS_MAX];
size_t statements_count;

#define PARTS_MAX 50
#define BODY_MAX ((size_t)1 << 16)

/* Text that several statements of a file have in common, up to its ';'. */
struct part {
    const char *name, *text; /* in the file in hand */
    size_t name_length;
};

static struct part parts[PARTS_MAX];
static size_t parts_count;

/* A statement's text while it is put together. */
struct body {
    struct statement *statement;
    const char *begin; /* of the statement or part in hand */
    char *end;
    bool *seen; /* which $n were mentioned */
};

/* The file in hand, for messages. */
static const char *path;
static char *content;

void stop(const char *at, const char *format, ...)
{
    va_list args;
    int line = 1;

    for (const char *s = content; at && s < at; s++)
        line += *s == '\n';

    fprintf(stderr, "%s:%d: ", path, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

static void *memory(size_t size)
{
    void *bytes = calloc(1, size);

    if (!bytes)
        abort();
    return bytes;
}

char *file_read(const char *name)
{
    FILE *in = fopen(name, "rb");
    long size = -1;

    free(content);
    content = NULL;
    path = name;

    if (!in || fseek(in, 0, SEEK_END) || (size = ftell(in)) < 0 || fseek(in, 0, SEEK_SET))
        stop(NULL, "%s", strerror(errno));

    content = memory((size_t)size + 1);
    if (fread(content, 1, (size_t)size, in) != (size_t)size)
        stop(NULL, "can't be read");
    fclose(in);
    return content;
}

static size_t word_length(const char *text)
{
    size_t length = 0;

    while (islower((unsigned char)text[length]) || (length && isdigit((unsigned char)text[length]))
        || text[length] == '_')
        length++;
    return length;
}

static char *line_end(const char *line)
{
    return (char *)line + strcspn(line, "\n");
}

static char *copy(const char *text, size_t length)
{
    char *word = memory(length + 1);

    memcpy(word, text, length);
    return word;
}

/* "name type", "name type[]" or, for a statement whose arguments have no types, "name"; what
 * follows it. */
static const char *argument_read(const char *at, struct argument *argument)
{
    const size_t name = word_length(at);
    size_t type = 0;

    argument->name = copy(at, name);
    at += name;
    if (*at == ' ' && (type = word_length(at + 1)) > 0) {
        type += strncmp(at + 1 + type, "[]", 2) == 0 ? 2 : 0;
        argument->type = copy(at + 1, type);
        at += 1 + type;
    }
    return at;
}

/* The comma between two arguments; a line may end after it. */
static const char *comma_skip(const char *at)
{
    if (strncmp(at, ",\n--", 4) == 0)
        return at + 4 + strspn(at + 4, " ");
    return strncmp(at, ", ", 2) == 0 ? at + 2 : at;
}

/* "-- name(argument, argument)" and nothing else. Into *statement when it is one. */
static bool heading(const char *line, struct statement *statement)
{
    const char *at = line + 3;
    size_t length;

    if (strncmp(line, "-- ", 3) != 0 || (length = word_length(at)) == 0 || at[length] != '(')
        return false;

    *statement = (struct statement){ .name = copy(at, length), .params = 1 };
    at += length + 1;
    while (word_length(at) > 0) {
        if (statement->params > PARAMS_MAX)
            stop(line, "too many arguments");
        at = comma_skip(argument_read(at, &statement->arguments[statement->params - 1]));
        statement->params++;
    }
    return strncmp(at, ")\n", 2) == 0;
}

/* Length of the quoted text that begins at `at`; 0 when none does. */
static size_t quoted_length(const char *at)
{
    const char *end = NULL;
    size_t length = 1;

    if (*at == '\'' || *at == '"') {
        end = strchr(at + 1, *at);
    } else if (*at == '$' && at[1 + word_length(at + 1)] == '$') {
        length = word_length(at + 1) + 2;
        for (end = at + length; *end && strncmp(end, at, length) != 0;)
            end++;
    } else {
        return 0;
    }

    if (!end || !*end)
        stop(at, "a quote that doesn't end");
    return (size_t)(end - at) + length;
}

static size_t comment_length(const char *at)
{
    if (strncmp(at, "--", 2) == 0)
        return strcspn(at, "\n");
    if (strncmp(at, "/*", 2) != 0)
        return 0;

    const char *end = strstr(at, "*/");

    if (!end)
        stop(at, "a comment that doesn't end");
    return (size_t)(end + 2 - at);
}

/* Blanks at the end of a line, and lines that held nothing but a comment, are not embedded. */
static char *append_newline(const char *text, char *end)
{
    while (end > text && end[-1] == ' ')
        end--;
    if (end > text && end[-1] != '\n')
        *end++ = '\n';
    return end;
}

static struct part *part_find(const char *at, size_t length)
{
    for (size_t i = 0; i < parts_count; i++)
        if (parts[i].name_length == length && memcmp(parts[i].name, at, length) == 0)
            return &parts[i];
    stop(at, "there is no part %.*s above", (int)length, at);
}

/* The number of the argument that is called so. */
static long argument_number(const struct statement *statement, const char *name, size_t length)
{
    for (int i = 0; i < statement->params - 1; i++)
        if (strlen(statement->arguments[i].name) == length
            && memcmp(statement->arguments[i].name, name, length) == 0)
            return i + 2;
    stop(name, "%s has no argument %.*s", statement->name, (int)length, name);
}

/* "$2" or ":name", and how long it is; 0 for anything else. */
static size_t argument_length(const struct body *body, const char *at, long *number)
{
    const size_t name = *at == ':' && at > body->begin && at[-1] != ':' ? word_length(at + 1) : 0;
    char *end;

    if (name) {
        *number = argument_number(body->statement, at + 1, name);
        return 1 + name;
    }
    if (*at != '$' || !isdigit((unsigned char)at[1]))
        return 0;
    *number = strtol(at + 1, &end, 10);
    if (*number < 1 || *number > body->statement->params)
        stop(at, "%s has %d parameters, but here is $%ld", body->statement->name,
            body->statement->params, *number);
    return (size_t)(end - at);
}

static void body_append(struct body *body, const char *text, size_t length)
{
    if (length >= (size_t)(body->statement->text + BODY_MAX - body->end))
        stop(text, "%s is too long", body->statement->name);
    memcpy(body->end, text, length);
    body->end += length;
}

static void body_append_argument(struct body *body, long number)
{
    char text[8];
    const int length = snprintf(text, sizeof text, "$%ld", number);

    body->seen[number] = true;
    body_append(body, text, (size_t)length);
}

static const char *body_copy(struct body *body, const char *at);

/* What begins at `at`, without comments; returns what follows it. */
static const char *body_copy_piece(struct body *body, const char *at)
{
    const size_t comment = comment_length(at), quoted = comment ? 0 : quoted_length(at);
    const size_t part = *at == '@' ? word_length(at + 1) : 0;
    long number = 0;
    const size_t argument = comment || quoted ? 0 : argument_length(body, at, &number);

    if (comment)
        return at + comment;
    if (part) {
        const char *begin = body->begin;

        body->begin = part_find(at + 1, part)->text;
        (void)body_copy(body, body->begin);
        body->begin = begin;
        return at + 1 + part;
    }
    if (argument) {
        body_append_argument(body, number);
        return at + argument;
    }
    if (*at == '\n')
        body->end = append_newline(body->statement->text, body->end);
    else
        body_append(body, at, quoted ? quoted : 1);
    return at + (quoted ? quoted : 1);
}

/* As far as the ';', which is returned. */
static const char *body_copy(struct body *body, const char *at)
{
    while (*at != ';') {
        if (!*at)
            stop(body->begin, "%s doesn't end with a ';'", body->statement->name);
        at = body_copy_piece(body, at);
    }
    return at;
}

/* What follows the ';' that ends what begins at `at`, which is in the file in hand. */
static char *statement_end(const char *at)
{
    if (!strchr("\n", at[1 + strspn(at + 1, " \t")]))
        stop(at, "a ';' that isn't at the end of its line");
    return line_end(at);
}

/* Copies the statement without its comments, with its parts, notes its $n, and returns what follows
 * it. */
static char *statement_body(struct statement *statement, char *at, bool seen[PARAMS_MAX + 2])
{
    struct body body = { .statement = statement, .begin = at, .seen = seen };

    body.end = statement->text = memory(BODY_MAX);
    return statement_end(body_copy(&body, at));
}

/* Where the text begins below the comments of a heading. */
static char *text_begin(char *line, const char *name)
{
    struct statement next;
    char *at = line;

    do {
        at = line_end(at);
        at += strspn(at, " \t\n");
        if (!*at || heading(at, &next))
            stop(line, "%s has no statement", name);
    } while (strncmp(at, "--", 2) == 0);
    return at;
}

/* All arguments have types, or none has. */
static void types_check(const char *line, const struct statement *statement)
{
    for (int i = 1; i < statement->params - 1; i++)
        if (!statement->arguments[i].type != !statement->arguments[0].type)
            stop(line, "%s: some arguments have types and some have none", statement->name);
}

static char *statement_read(char *line, const struct statement *head)
{
    struct statement *statement = &statements[statements_count];
    bool seen[PARAMS_MAX + 2] = { false };
    char *at;

    if (statements_count == STATEMENTS_MAX)
        stop(line, "too many");

    *statement = *head;
    types_check(line, statement);
    for (size_t i = 0; i < statements_count; i++)
        if (strcmp(statements[i].name, statement->name) == 0)
            stop(line, "%s is there twice", statement->name);

    at = text_begin(line, statement->name);
    at = statement_body(statement, at, seen);
    for (int i = 1; i <= statement->params; i++)
        if (!seen[i])
            stop(line, "%s doesn't mention $%d%s", statement->name, i,
                i == 1 ? ", the organisation" : "");
    statements_count++;
    return at;
}

/* "-- part name", whose text @name stands for in what follows it in this file. */
static bool part_heading(const char *line)
{
    const size_t name = strncmp(line, "-- part ", 8) == 0 ? word_length(line + 8) : 0;

    return name && line[8 + name] == '\n';
}

static char *part_read(char *line)
{
    struct part *part = &parts[parts_count];
    char *end;

    if (parts_count == PARTS_MAX)
        stop(line, "too many parts");
    *part = (struct part){ .name = line + 8, .name_length = word_length(line + 8) };
    part->text = text_begin(line, "the part");
    parts_count++;
    end = strchr(part->text, ';');
    if (!end)
        stop(line, "a part that doesn't end with a ';'");
    return statement_end(end);
}

void statements_read(const char *name)
{
    const size_t before = statements_count;

    file_read(name);
    parts_count = 0;
    for (char *line = content; *line; line += *line == '\n') {
        struct statement head;

        if (part_heading(line))
            line = part_read(line);
        else if (heading(line, &head))
            line = statement_read(line, &head);
        else if (strncmp(line, "--", 2) != 0 && *line != '\n')
            stop(line, "neither a comment nor \"-- name(arguments)\" nor \"-- part name\"");
        else
            line = line_end(line);
    }

    if (statements_count == before)
        stop(NULL, "has no statement");
}
