/*
 * Connection: a libpq connection the way this whole program wants it. For this folder and cluster/.
 *
 * Whatever a role or a database has set for others: names are found in `public`, transactions are
 * read committed, times are UTC and ISO, text is UTF-8, plans are generic, and nothing waits for
 * ever: neither a statement, nor a lock, nor a transaction that somebody forgot, nor a peer that
 * has vanished.
 */
#ifndef DB_DB_CONNECTION_H
#define DB_DB_CONNECTION_H

#include <libpq-fe.h>

#include "base/arena.h"

/* A message of libpq or of the server, without what follows its first line. */
#define DB_MESSAGE_MAX 200

/* NULL, with the reason in `reason`, when there is no connection to be had. */
MUST_USE PGconn *db_connection_open(
    const char *conninfo, const char *name, char reason[DB_MESSAGE_MAX]);

void db_message_copy(char reason[DB_MESSAGE_MAX], const char *message);

#endif
