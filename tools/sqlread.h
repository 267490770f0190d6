/*
 * Sqlread: finds the named statements of a .sql file, and stops the build with file and line when
 * something doesn't add up.
 */
#ifndef TOOLS_SQLREAD_H
#define TOOLS_SQLREAD_H

#include <stddef.h>

#define PARAMS_MAX 63

/* An argument of a statement: its name and PostgreSQL's name of its type. */
struct argument {
    char *name, *type; /* the type is NULL where the heading gives none */
};

struct statement {
    char *name, *text;
    int params; /* the organisation included */
    struct argument arguments[PARAMS_MAX]; /* $2 and up */
};

/* What statements_read() has found so far, in all files. */
extern struct statement statements[];
extern size_t statements_count;

void statements_read(const char *path);

/* The text of a file; good until the next one is read. */
char *file_read(const char *path);

/* End the program with a message about the place `at` in the file read last; NULL is its start. */
__attribute__((noreturn, format(printf, 2, 3))) void stop(const char *at, const char *format, ...);

#endif
