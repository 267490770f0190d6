/*
 * Tls: reads the server's certificate and its private key.
 */
#ifndef CONFIG_TLS_H
#define CONFIG_TLS_H

#include "config/config.h"

/*
 * Both files as texts, or NULL for both if the server speaks plain HTTP. FAULT_CONFIG if a file
 * can't be read or is not PEM, or if the two don't belong together.
 */
MUST_USE bool tls_read(
    struct call *call, const struct config *config, const char **cert, const char **key);

#endif
