/*
 * Tls: the certificate that the server shows, and the key to it.
 */
#ifndef CMD_TLS_H
#define CMD_TLS_H

#include "config/config.h"

/*
 * Both files as texts, or NULL and NULL when the server is to speak plain HTTP. FAULT_CONFIG when
 * one can't be read, is not PEM, or they don't belong together.
 */
MUST_USE bool tls_read(
    struct call *call, const struct config *config, const char **cert, const char **key);

#endif
