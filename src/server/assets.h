/*
 * Assets: the files of the web app, built into the program by tools/webembed.c.
 *
 * Files in assets/ are named by their content, so browsers may cache them for ever. For the others
 * (index.html, the service worker) browsers ask again each time, and mostly get a 304.
 */
#ifndef SERVER_ASSETS_H
#define SERVER_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

/* A file of the screens, built into the program. */
struct asset {
    const char *path; /* "/assets/index-1a2b3c.js" */
    const char *type;
    const char *digest; /* hex of SHA-256, shortened: the ETag without its quotes */
    const unsigned char *bytes;
    size_t size;
    const unsigned char *gzip; /* NULL if compressing saves nothing */
    size_t gzip_size;
    bool immutable;
};

/* Sorted by path. */
extern const struct asset assets[];

/* How many there are. */
extern const int assets_count;

struct request;
struct MHD_Response;

/* Prepare the responses. `production` adds HSTS. */
void assets_start(bool production);

/* Free what assets_start() has made. */
void assets_stop(void);

/*
 * The asset with this path. If there is none, but the path belongs to the app (it is not below the
 * server's own paths and has no dot in its last segment) and the client accepts HTML, the app's
 * page; otherwise NULL.
 */
const struct asset *asset_find(const char *path, const char *accept);

/*
 * The response: gzip if the client accepts it, 304 if the client has it already. The caller must
 * not destroy it.
 */
struct MHD_Response *asset_response(
    const struct asset *asset, const struct request *request, int *status);

#endif
