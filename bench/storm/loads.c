#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "storm.h"

#define PARENT_HOLDS 30

/* What each connection is packing. */
struct packing {
    int64_t parent, child;
    int held;
    char id[37];
};

struct scans {
    int64_t next_parent, next_child;
    struct packing packing[CONNECTIONS_MAX];
};

static uint64_t storm_roll(uint64_t *dice)
{
    uint64_t mixed = *dice += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

void storm_uuid(uint64_t *dice, char text[37])
{
    static const char digits[] = "0123456789abcdef";
    struct timespec now;
    uint64_t parts[2];
    char *out = text;

    clock_gettime(CLOCK_REALTIME, &now);
    parts[0] = (uint64_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000) << 16 | 0x7000
        | (storm_roll(dice) & 0xfff);
    parts[1] = UINT64_C(1) << 63 | storm_roll(dice) >> 2;
    for (int i = 0; i < 32; i++) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            *out++ = '-';
        *out++ = digits[parts[i / 16] >> (60 - 4 * (i % 16)) & 15];
    }
    *out = '\0';
}

size_t storm_get(const struct storm_pass *pass, const char *path, char request[REQUEST_MAX])
{
    return (size_t)snprintf(request, REQUEST_MAX, "GET %s HTTP/1.1\r\n%s\r\n", path, pass->headers);
}

size_t storm_post(
    const struct storm_pass *pass, const char *path, const char *body, char *request, size_t room)
{
    const int length = snprintf(request, room,
        "POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        path, pass->headers, strlen(body), body);

    if (length < 0 || (size_t)length >= room)
        stop("a request is too long");
    return (size_t)length;
}

static void next_scan(struct load *load, struct packing *packing)
{
    struct scans *scans = load->state;

    if (packing->held == 0 || packing->held == PARENT_HOLDS) {
        packing->parent = scans->next_parent++;
        packing->held = 0;
    }
    packing->held++;
    packing->child = scans->next_child++;
    storm_uuid(&load->dice, packing->id);
}

static size_t scans_ask(struct load *load, struct conn *conn, char request[REQUEST_MAX])
{
    struct scans *scans = load->state;
    struct packing *packing = &scans->packing[conn->number];
    char body[160];

    next_scan(load, packing);
    snprintf(body, sizeof body,
        "{\"id\":\"%s\",\"parent\":\"P%" PRId64 "-%d\",\"child\":\"K%010" PRId64 "\"}", packing->id,
        packing->parent, PARENT_HOLDS, packing->child);
    return storm_post(load->pass, "/api/scans", body, request, REQUEST_MAX);
}

/* Written down only now that the answer is here: from now on it has to be in the books. */
static void write_down(int ledger, const struct packing *packing)
{
    char line[120];
    const int length = snprintf(line, sizeof line, "%s\tP%" PRId64 "-%d\tK%010" PRId64 "\n",
        packing->id, packing->parent, PARENT_HOLDS, packing->child);

    if (write(ledger, line, (size_t)length) != length)
        stop("the ledger can't be written");
}

static bool scans_right(struct load *load, struct conn *conn, const struct answer *answer)
{
    const struct scans *scans = load->state;
    const bool right = answer->status == 201 && strstr(answer->body, "\"linked\"");

    if (right && load->ledger >= 0)
        write_down(load->ledger, &scans->packing[conn->number]);
    return right;
}

void scans_load(struct load *load)
{
    struct scans *scans = calloc(1, sizeof *scans);

    if (!scans)
        stop("no memory");
    scans->next_parent = scans->next_child = load->options->first;
    load->state = scans;
    load->ask = scans_ask;
    load->right = scans_right;
}

/* Ranges count by how many codes they have. */
static void random_code(struct load *load, char *code, size_t room)
{
    const struct storm_options *options = load->options;
    uint64_t all = 0, choice;
    int i = 0;

    for (int n = 0; n < options->ranges_count; n++)
        all += (uint64_t)(options->ranges[n].last - options->ranges[n].first + 1);
    choice = storm_roll(&load->dice) % all;
    for (; i < options->ranges_count - 1; i++) {
        const uint64_t size = (uint64_t)(options->ranges[i].last - options->ranges[i].first + 1);

        if (choice < size)
            break;
        choice -= size;
    }

    const struct range *range = &options->ranges[i];

    snprintf(
        code, room, "%s%0*" PRId64, range->prefix, range->width, range->first + (int64_t)choice);
}

static char (*looked_up(struct load *load))[40]
{
    return load->state;
}

static size_t look_ups_ask(struct load *load, struct conn *conn, char request[REQUEST_MAX])
{
    char *code = looked_up(load)[conn->number];
    char path[80];

    random_code(load, code, 40);
    snprintf(path, sizeof path, "/api/bag/%s", code);
    return storm_get(load->pass, path, request);
}

/* {"qr":"...", as the first member. */
static bool look_ups_right(struct load *load, struct conn *conn, const struct answer *answer)
{
    const char *code = looked_up(load)[conn->number];

    return answer->status == 200 && strncmp(answer->body, "{\"qr\":\"", 7) == 0
        && strncmp(answer->body + 7, code, strlen(code)) == 0;
}

void look_ups_load(struct load *load)
{
    if (load->options->ranges_count == 0)
        stop("look-ups need --codes");
    load->state = calloc(CONNECTIONS_MAX, 40);
    if (!load->state)
        stop("no memory");
    load->ask = look_ups_ask;
    load->right = look_ups_right;
}

static size_t stats_ask(struct load *load, struct conn *conn, char request[REQUEST_MAX])
{
    (void)conn;
    return storm_get(load->pass, "/api/stats", request);
}

static bool stats_right(struct load *load, struct conn *conn, const struct answer *answer)
{
    (void)load;
    (void)conn;
    return answer->status == 200 && strstr(answer->body, "\"parents\"");
}

void stats_load(struct load *load)
{
    load->ask = stats_ask;
    load->right = stats_right;
}
