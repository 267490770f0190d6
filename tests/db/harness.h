/*
 * Harness: a database of its own for each test program.
 *
 * TEST_DATABASE_URL is an administrator's connection. A template is migrated once per state of the
 * migrations and copied for each program, so that tests share a schema but never a row.
 */
#ifndef TESTS_DB_HARNESS_H
#define TESTS_DB_HARNESS_H

/*
 * Connection string of this program's database, made at the first call and dropped when the
 * program ends. Ends the program with 77 (skipped) when there is no TEST_DATABASE_URL.
 */
const char *harness_database(void);

/* The same for a database with nothing in it. */
const char *harness_empty_database(void);

/* Run SQL as the administrator in the database; ends the program when it fails. */
void harness_run(const char *conninfo, const char *sql);

/* End all sessions of the database, as a restart of the server would. */
void harness_hang_up(const char *conninfo);

#endif
