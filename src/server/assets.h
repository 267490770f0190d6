/*
 * Assets: the app's own files, built into the program by tools/webembed.c.
 *
 * What lies under assets/ is named by its content and may be kept for ever; the rest (index.html,
 * the service worker) is asked for again each time and mostly answered with 304.
 */
#ifndef SERVER_ASSETS_H
#define SERVER_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

struct asset {
    const char *path; /* "/assets/index-1a2b3c.js" */
    const char *type;
    const char *digest; /* hex of SHA-256, shortened: the ETag without its quotes */
    const unsigned char *bytes;
    size_t size;
    const unsigned char *gzip; /* gzip; NULL where that saves nothing */
    size_t gzip_size;
    bool immutable;
};

/* In order of their paths. */
extern const struct asset assets[];
extern const int assets_count;

struct request;
struct MHD_Response;

/* Build the answers once. `production`: with HSTS. */
void assets_start(bool production);
void assets_stop(void);

/*
 * The asset for a path, or the app's page for a path of the app's own (one that is not the server's
 * and has no dot in its last segment) if the client `accept`s pages; NULL when there is none.
 */
const struct asset *asset_find(const char *path, const char *accept);

/* The answer: gzip where the client takes it, 304 where he has it. Not the caller's to destroy. */
struct MHD_Response *asset_response(
    const struct asset *asset, const struct request *request, int *status);

#endif
