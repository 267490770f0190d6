/*
 * Storm: a load generator for the hot routes, and the judge of what they answer.
 *
 * Every answer is checked; one wrong answer and the storm has failed, however fast it was.
 */
#ifndef STORM_STORM_H
#define STORM_STORM_H

#include "latency.h"
#include "wire.h"

#define SERVERS_MAX 4
#define RANGES_MAX 4
#define REQUEST_MAX 4096
#define BATCH_REQUEST_MAX 16384

/* Codes with digits at their end: "SB", 5, 0, 29999 is SB00000 to SB29999. */
struct range {
    char prefix[16];
    int width;
    int64_t first, last;
};

struct storm_options {
    const char *mode;
    int ports[SERVERS_MAX], ports_count;
    int connections;
    double seconds;
    int64_t count; /* of requests; 0: as many as there is time for */
    double rate; /* requests a second; 0: the next one when the answer is there */
    int64_t first; /* number of the first parent and the first child */
    int rounds; /* of a fight */
    struct range ranges[RANGES_MAX];
    int ranges_count;
    const char *user, *password, *cookie, *csrf;
    const char *path; /* of a list */
    const char *ledger; /* where acknowledged scans are written down */
    bool may_break; /* the server is going to be killed: that is no failure */
};

/* What goes into every request behind its first line: who is asking. */
struct storm_pass {
    char cookie[400], csrf[80];
    char headers[800];
};

/* Sign in, or take what the options bring along. */
void pass_get(struct storm_pass *pass, const struct storm_options *options);

/* What the requests of a mode are, and whether an answer is right. */
struct load {
    size_t (*ask)(struct load *load, struct conn *conn, char request[REQUEST_MAX]);
    bool (*right)(struct load *load, struct conn *conn, const struct answer *answer);
    void (*report)(const struct load *load); /* " name=value ..." behind the figures; or NULL */
    const struct storm_options *options;
    const struct storm_pass *pass;
    int ledger; /* file; -1 when there is none */
    uint64_t dice;
    void *state;
};

void scans_load(struct load *load);
void look_ups_load(struct load *load);
void stats_load(struct load *load);
void lists_load(struct load *load);
void sign_ins_load(struct load *load);

/* "xxxxxxxx-xxxx-7xxx-yxxx-xxxxxxxxxxxx" of now. */
void storm_uuid(uint64_t *dice, char text[37]);

size_t storm_get(const struct storm_pass *pass, const char *path, char request[REQUEST_MAX]);
size_t storm_post(
    const struct storm_pass *pass, const char *path, const char *body, char *request, size_t room);

/* Exit statuses: 0, or 1 when an answer was wrong. */
int run_load(const struct storm_options *options, const struct storm_pass *pass, struct load *load);
int run_fight(const struct storm_options *options, const struct storm_pass *pass);

#endif
