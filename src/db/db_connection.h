/*
 * Connection: opens libpq connections with this program's session settings.
 *
 * Used by this folder and cluster/ only. The settings override those of a role or database: search
 * path `public`, transactions read committed, times in UTC and ISO, text in UTF-8, generic plans,
 * and time limits on statements, locks, idle transactions and unreachable servers.
 */
#ifndef DB_DB_CONNECTION_H
#define DB_DB_CONNECTION_H

#include <libpq-fe.h>

#include "base/arena.h"

/* Bytes, NUL included, that are kept of the first line of a message from libpq or the server. */
#define DB_MESSAGE_MAX 200

/* Connect to `conninfo` (a libpq connection string or URI) with this program's settings; `name` is
 * shown in pg_stat_activity. Returns a connection to be closed by PQfinish(), or NULL with the
 * cause in `reason`. */
MUST_USE PGconn *db_connection_open(
    const char *conninfo, const char *name, char reason[DB_MESSAGE_MAX]);

/* Copy the first line of a message into `reason`, cut to its size. */
void db_message_copy(char reason[DB_MESSAGE_MAX], const char *message);

#endif
