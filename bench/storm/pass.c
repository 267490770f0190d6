#include <stdio.h>
#include <string.h>

#include "storm.h"

/* The text between `start` and the first of `ends`; the storm ends when it isn't there. */
static void cut(const char *text, const char *start, const char *ends, char *out, size_t room)
{
    const char *at = strstr(text, start);

    if (!at)
        stop("the answer to the sign-in has no %s: %.300s", start, text);
    at += strlen(start);

    const size_t length = strcspn(at, ends);

    if (length >= room)
        stop("%s is too long", start);
    memcpy(out, at, length);
    out[length] = '\0';
}

static void sign_in(struct storm_pass *pass, const struct storm_options *options)
{
    static struct wire wire;
    char body[400], request[REQUEST_MAX];

    snprintf(pass->headers, sizeof pass->headers, "Host: 127.0.0.1\r\n");
    snprintf(body, sizeof body, "{\"username\":\"%s\",\"password\":\"%s\"}", options->user,
        options->password);
    wire_open(&wire);

    struct conn *conn = wire_connect(&wire, options->ports[0]);
    const size_t length = storm_post(pass, "/api/session", body, request, sizeof request);
    const struct answer answer = wire_ask(&wire, conn, request, length);

    if (answer.status != 200)
        stop("the sign-in was refused: %d %.300s", answer.status, answer.body);
    cut(answer.head, "tracetrack_session=", ";\r", pass->cookie, sizeof pass->cookie);
    cut(answer.body, "\"csrf\":\"", "\"", pass->csrf, sizeof pass->csrf);
    wire_close(&wire);
}

void pass_get(struct storm_pass *pass, const struct storm_options *options)
{
    memset(pass, 0, sizeof *pass);
    if (options->cookie && options->csrf) {
        snprintf(pass->cookie, sizeof pass->cookie, "%s", options->cookie);
        snprintf(pass->csrf, sizeof pass->csrf, "%s", options->csrf);
    } else if (options->user && options->password) {
        sign_in(pass, options);
    } else {
        stop("--user and --password, or --cookie and --csrf, are needed");
    }
    snprintf(pass->headers, sizeof pass->headers,
        "Host: 127.0.0.1\r\nCookie: tracetrack_session=%s\r\nX-CSRFToken: %s\r\n", pass->cookie,
        pass->csrf);
}
