/*
 * Preflight: the checks of settings, files and port that run before any part of the server starts.
 *
 * So a mistake is reported before the database is touched. `tracetrack doctor` runs the same
 * checks. `call` is the unit of work in hand: it has the memory and, after a failure, the fault,
 * which is FAULT_CONFIG.
 */
#ifndef PROCESS_PREFLIGHT_H
#define PROCESS_PREFLIGHT_H

#include "config/config.h"

/* The input of the checks, and the files that they read. Texts live in call->arena. */
struct preflight {
    const struct config *config; /* set by the caller */
    const char *secret; /* the key that signs sessions */
    const char *tls_cert, *tls_key; /* certificate and private key, PEM; NULL: plain HTTP */
};

/* One named check. */
struct preflight_check {
    const char *name; /* "TLS"; NULL after the last */
    bool (*run)(struct call *call, struct preflight *preflight); /* false: it failed */
};

/* All checks except that of the address, in the order in which they run; the last has no name. */
extern const struct preflight_check preflight_checks[];

/* Check the address, then run preflight_checks, up to the first that fails. Sets the members of
 * *preflight; the secret is created in the data folder if there is none. FAULT_CONFIG. */
MUST_USE bool preflight(struct call *call, struct preflight *preflight);

/* Check that the configured address and port can be bound. Not in preflight_checks, because it
 * fails while a server is running, which `doctor` must allow. FAULT_CONFIG. */
MUST_USE bool preflight_check_address(struct call *call, const struct config *config);

#endif
