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

/* Copies the statement without its comments, notes its $n, and returns what follows it. */
static char *statement_body(struct statement *statement, char *at, bool seen[PARAMS_MAX + 2])
{
    char *const begin = at;
    char *end = statement->text = memory(strlen(at) + 1);

    while (*at != ';') {
        const size_t comment = comment_length(at), quoted = comment ? 0 : quoted_length(at);

        if (!*at)
            stop(begin, "%s doesn't end with a ';'", statement->name);

        if (*at == '$' && isdigit((unsigned char)at[1])) {
            const long number = strtol(at + 1, NULL, 10);

            if (number < 1 || number > statement->params)
                stop(at, "%s has %d parameters, but here is $%ld", statement->name,
                    statement->params, number);
            seen[number] = true;
        }

        if (*at == '\n') {
            end = append_newline(statement->text, end);
        } else if (!comment) {
            memcpy(end, at, quoted ? quoted : 1);
            end += quoted ? quoted : 1;
        }
        at += comment ? comment : quoted ? quoted : 1;
    }

    if (!strchr("\n", at[1 + strspn(at + 1, " \t")]))
        stop(at, "a ';' that isn't at the end of its line");
    return line_end(at);
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
    struct statement next;
    bool seen[PARAMS_MAX + 2] = { false };
    char *at = line;

    if (statements_count == STATEMENTS_MAX)
        stop(line, "too many");

    *statement = *head;
    types_check(line, statement);
    for (size_t i = 0; i < statements_count; i++)
        if (strcmp(statements[i].name, statement->name) == 0)
            stop(line, "%s is there twice", statement->name);

    do {
        at = line_end(at);
        at += strspn(at, " \t\n");
        if (!*at || heading(at, &next))
            stop(line, "%s has no statement", statement->name);
    } while (strncmp(at, "--", 2) == 0);

    at = statement_body(statement, at, seen);
    for (int i = 1; i <= statement->params; i++)
        if (!seen[i])
            stop(line, "%s doesn't mention $%d%s", statement->name, i,
                i == 1 ? ", the organisation" : "");
    statements_count++;
    return at;
}

void statements_read(const char *name)
{
    const size_t before = statements_count;

    file_read(name);
    for (char *line = content; *line; line += *line == '\n') {
        struct statement head;

        if (heading(line, &head))
            line = statement_read(line, &head);
        else if (strncmp(line, "--", 2) != 0 && *line != '\n')
            stop(line, "neither a comment nor \"-- name(arguments)\"");
        else
            line = line_end(line);
    }

    if (statements_count == before)
        stop(NULL, "has no statement");
}
