/*
 * TLS: reads the server's certificate and its private key.
 *
 * A call is the unit of work (base/call.h): it has the memory and, after a failure, the fault.
 */
#ifndef CONFIG_TLS_H
#define CONFIG_TLS_H

#include "config/config.h"

/* Read the files that the settings tls_cert and tls_key name, as PEM texts in call->arena. If
 * neither is set, both texts are NULL, and the server speaks plain HTTP. FAULT_CONFIG if only one
 * is set, a file can't be read or is not PEM, or the key is not the certificate's. */
MUST_USE bool tls_read(
    struct call *call, const struct config *config, const char **cert, const char **key);

#endif
