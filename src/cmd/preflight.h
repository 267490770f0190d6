/*
 * Preflight: what would keep the server from serving, and can be known before anything is started.
 *
 * So a wrong setting, a missing file or a port that is in use is told alone, and the database is
 * not touched. `tracetrack doctor` asks the same.
 */
#ifndef CMD_PREFLIGHT_H
#define CMD_PREFLIGHT_H

#include "config/config.h"

/* What is read on the way. */
struct preflight {
    const struct config *config;
    const char *secret; /* that signs sessions */
    const char *tls_cert, *tls_key; /* PEM; NULL: plain HTTP */
};

struct preflight_check {
    const char *name;
    bool (*run)(struct call *call, struct preflight *preflight);
};

/* In their order; the last has no name. */
extern const struct preflight_check preflight_checks[];

/* All of them, up to the first that fails. */
MUST_USE bool preflight(struct call *call, struct preflight *preflight);

/* Apart from the others, because a server that runs has its address. FAULT_CONFIG. */
MUST_USE bool preflight_address(struct call *call, const struct config *config);

#endif
