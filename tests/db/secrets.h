/*
 * Secrets: what must never be found in the audit log.
 */
#ifndef TESTS_DB_SECRETS_H
#define TESTS_DB_SECRETS_H

#include <stddef.h>

/*
 * How many notes of the whole audit log, of any organisation, have one of these texts in any of
 * their columns, as it stands or as JSON would have it. Ends the program when it can't be asked.
 */
int secrets_in_audit_log(const char *conninfo, const char *const *secrets, size_t count);

#endif
