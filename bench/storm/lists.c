/*
 * Lists: each connection goes through the pages of one list, from the first one again at the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storm.h"

#define CURSOR_MAX 200

static char (*cursors(struct load *load))[CURSOR_MAX]
{
    return load->state;
}

static size_t list_ask(struct load *load, struct conn *conn, char request[REQUEST_MAX])
{
    const char *path = load->options->path, *cursor = cursors(load)[conn->number];
    char full[1000];

    snprintf(full, sizeof full, "%s%s%s%s", path, *cursor ? strchr(path, '?') ? "&" : "?" : "",
        *cursor ? "cursor=" : "", cursor);
    return storm_get(load->pass, full, request);
}

/* The last "next" of the answer: rows may have words of their own. */
static const char *next_of(const char *body)
{
    const char *found = NULL;

    for (const char *at = body; (at = strstr(at, "\"next\":")); at++)
        found = at + strlen("\"next\":");
    return found;
}

static bool list_right(struct load *load, struct conn *conn, const struct answer *answer)
{
    char *cursor = cursors(load)[conn->number];
    const char *next = answer->status == 200 ? next_of(answer->body) : NULL;

    if (!next)
        return false;
    *cursor = '\0';
    if (*next == '"')
        snprintf(cursor, CURSOR_MAX, "%.*s", (int)strcspn(next + 1, "\""), next + 1);
    return true;
}

void lists_load(struct load *load)
{
    if (!load->options->path)
        stop("a list needs --path");
    load->state = calloc(CONNECTIONS_MAX, CURSOR_MAX);
    if (!load->state)
        stop("no memory");
    load->ask = list_ask;
    load->right = list_right;
}
