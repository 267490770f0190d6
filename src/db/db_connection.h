/*
 * Connection: opens libpq connections with this program's session settings. For this folder and
 * cluster/.
 *
 * They override what a role or a database has set: names are found in `public`, transactions are
 * read committed, times are UTC and ISO, text is UTF-8, plans are generic, and nothing waits for
 * ever: not a statement, nor a lock, nor a forgotten transaction, nor a peer that has vanished.
 */
#ifndef DB_DB_CONNECTION_H
#define DB_DB_CONNECTION_H

#include <libpq-fe.h>

#include "base/arena.h"

/* Room for the first line of a message from libpq or the server. */
#define DB_MESSAGE_MAX 200

/* NULL, with the reason in `reason`, if no connection can be opened. */
MUST_USE PGconn *db_connection_open(
    const char *conninfo, const char *name, char reason[DB_MESSAGE_MAX]);

/* Copy the first line of a message. */
void db_message_copy(char reason[DB_MESSAGE_MAX], const char *message);

#endif
