#include "server/assets.h"

#include <assert.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "http/request_parts.h"
#include "server/encode.h"
#include "server/security_headers.h"

struct asset_responses {
    struct MHD_Response *plain, *gzip;
};

static struct asset_responses *assets_responses;

static void assets_add(struct MHD_Response *response, const char *name, const char *value)
{
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        abort();
}

static struct MHD_Response *build(
    const struct asset *asset, const unsigned char *bytes, size_t size, bool production)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, (void *)bytes, MHD_RESPMEM_PERSISTENT);
    char etag[80];

    if (!response)
        abort();

    snprintf(etag, sizeof etag, "\"%s%s\"", asset->digest, bytes == asset->gzip ? "-gzip" : "");
    assets_add(response, "ETag", etag);
    assets_add(response, "Cache-Control",
        asset->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (asset->gzip)
        assets_add(response, "Vary", "Accept-Encoding");
    if (bytes == asset->gzip)
        assets_add(response, "Content-Encoding", "gzip");
    assets_add(response, "Content-Type", asset->type);
    for (const struct header_line *line = security_headers(production); line->name; line++)
        assets_add(response, line->name, line->value);
    return response;
}

void assets_start(bool production)
{
    if (!assets_count)
        return;

    assets_responses = calloc((size_t)assets_count, sizeof *assets_responses);
    if (!assets_responses)
        abort();
    for (int i = 0; i < assets_count; i++) {
        const struct asset *asset = &assets[i];

        assert(i == 0 || strcmp(asset[-1].path, asset->path) < 0);
        assets_responses[i].plain = build(asset, asset->bytes, asset->size, production);
        if (asset->gzip)
            assets_responses[i].gzip = build(asset, asset->gzip, asset->gzip_size, production);
    }
}

void assets_stop(void)
{
    for (int i = 0; assets_responses && i < assets_count; i++) {
        MHD_destroy_response(assets_responses[i].plain);
        if (assets_responses[i].gzip)
            MHD_destroy_response(assets_responses[i].gzip);
    }
    free(assets_responses);
    assets_responses = NULL;
}

static int compare(const void *path, const void *asset)
{
    return strcmp(path, ((const struct asset *)asset)->path);
}

static const struct asset *with_path(const char *path)
{
    if (!assets_count)
        return NULL;
    return bsearch(path, assets, (size_t)assets_count, sizeof assets[0], compare);
}

static bool is_under(const char *path, const char *folder)
{
    const size_t length = strlen(folder);

    return strncmp(path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static bool is_page(const char *path, const char *accept)
{
    if (is_under(path, "/api") || is_under(path, "/health") || is_under(path, "/metrics"))
        return false;
    return !strchr(strrchr(path, '/'), '.') && accept && strstr(accept, "text/html");
}

const struct asset *asset_find(const char *path, const char *accept)
{
    const struct asset *asset = strcmp(path, "/") == 0 ? NULL : with_path(path);

    if (asset)
        return asset;
    if (strcmp(path, "/") == 0 || is_page(path, accept))
        return with_path("/index.html");
    return NULL;
}

struct MHD_Response *asset_response(
    const struct asset *asset, const struct request *request, int *status)
{
    const struct asset_responses *answer = &assets_responses[asset - assets];
    const char *known = request->headers[HEADER_IF_NONE_MATCH];

    /* With 304 libmicrohttpd sends the headers alone. */
    *status = known && (strcmp(known, "*") == 0 || strstr(known, asset->digest)) ? 304 : 200;
    if (answer->gzip && encode_accepts_gzip(request->headers[HEADER_ACCEPT_ENCODING]))
        return answer->gzip;
    return answer->plain;
}
