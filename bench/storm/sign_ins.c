/*
 * Sign-ins that fail: each with a name and an address of its own, so that none is refused before
 * its password was hashed, but for want of room. The server has to stand behind one proxy.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storm.h"

struct sign_ins {
    int64_t number, answered, refused;
};

static size_t sign_ins_ask(struct load *load, struct conn *conn, char request[REQUEST_MAX])
{
    struct sign_ins *sign_ins = load->state;
    const int64_t number = load->options->first + sign_ins->number++;
    char body[100];
    const int body_length = snprintf(
        body, sizeof body, "{\"username\":\"nobody.%" PRId64 "\",\"password\":\"wrong\"}", number);

    (void)conn;
    return (size_t)snprintf(request, REQUEST_MAX,
        "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 10.%d.%d.%d\r\n"
        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
        (int)(number >> 16 & 255), (int)(number >> 8 & 255), (int)(number & 255), body_length,
        body);
}

/* Beyond what can be hashed, the server has to say at once when to come back. */
static bool sign_ins_right(struct load *load, struct conn *conn, const struct answer *answer)
{
    struct sign_ins *sign_ins = load->state;
    const bool answered = answer->status == 401;
    const bool refused = (answer->status == 503 || answer->status == 429)
        && strstr(answer->head, "\r\nRetry-After: ");

    (void)conn;
    sign_ins->answered += answered;
    sign_ins->refused += refused;
    return answered || refused;
}

static void sign_ins_report(const struct load *load)
{
    const struct sign_ins *sign_ins = load->state;

    printf(" answered=%" PRId64 " refused=%" PRId64, sign_ins->answered, sign_ins->refused);
}

void sign_ins_load(struct load *load)
{
    load->state = calloc(1, sizeof(struct sign_ins));
    if (!load->state)
        stop("no memory");
    if (load->options->rate <= 0)
        stop("sign-ins need --rate");
    load->ask = sign_ins_ask;
    load->right = sign_ins_right;
    load->report = sign_ins_report;
}
