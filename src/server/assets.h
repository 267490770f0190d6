/*
 * Assets: the files of the web app, built into the program by tools/webembed.c.
 *
 * Files in /assets/ are named by their content, so browsers may cache them for ever. For the others
 * (index.html, the service worker) browsers ask again each time, and mostly get a 304.
 */
#ifndef SERVER_ASSETS_H
#define SERVER_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

/* One file of the web app, as a constant in the program. */
struct asset {
    const char *path; /* of its URL, such as "/assets/index-1a2b3c.js" */
    const char *type; /* Content-Type */
    const char *digest; /* SHA-256 of the content as hex, shortened; the ETag has it */
    const unsigned char *bytes; /* the content */
    size_t size; /* in bytes */
    const unsigned char *gzip; /* the content as gzip; NULL if compressing saves nothing */
    size_t gzip_size; /* in bytes */
    bool immutable; /* named by its content: browsers may cache it for ever */
};

/* All assets_count files of the web app, sorted by path. Generated at build time. */
extern const struct asset assets[];

/* The number of files in assets[]; 0 if the program was built without the web app. */
extern const int assets_count;

struct request;
struct MHD_Response;

/* Prepare a libmicrohttpd response for each file. Called once, before requests are served; freed by
 * assets_stop(). `production` adds the header
 * Strict-Transport-Security (HSTS). */
void assets_start(bool production);

/* Free the responses that assets_start() has made. */
void assets_stop(void);

/* Find the file for a URL path. `accept` is the Accept header; it may be NULL. If no file has this
 * path, returns index.html if the path is "/", or may be a page of the web app: it is not under
 * /api, /health or /metrics, has no dot in its last segment, and the client accepts HTML. Otherwise
 * NULL. */
const struct asset *asset_find(const char *path, const char *accept);

/* The response with a file: gzip if the client accepts it. Sets *status to 200, or to 304 if the
 * client has the file already. The response lives until assets_stop(); the caller must not destroy
 * it. */
struct MHD_Response *asset_response(
    const struct asset *asset, const struct request *request, int *status);

#endif
