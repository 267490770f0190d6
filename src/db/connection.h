/*
 * Connection: a libpq connection the way this whole program wants it. For this folder only.
 *
 * Times are UTC and ISO, text is UTF-8, plans are generic, and nothing waits for ever: neither a
 * statement, nor a lock, nor a transaction that somebody forgot, nor a peer that has vanished.
 */
#ifndef DB_CONNECTION_H
#define DB_CONNECTION_H

#include <libpq-fe.h>

#include "base/arena.h"

/* A message of libpq or of the server, without what follows its first line. */
#define SAID_MAX 200

/* NULL, with the reason in `said`, when there is no connection to be had. */
MUST_USE PGconn *connection_open(const char *conninfo, const char *name, char said[SAID_MAX]);

void said_copy(char said[SAID_MAX], const char *message);

#endif
