/*
 * The fight: every connection wants the same thing at the same moment, through several servers.
 *
 * Kinds of rounds take turns: a parent that holds one; a parent with one place left; and, in one of
 * ten, one child for as many parents as there are connections, which a lane can only judge one
 * after the other. Exactly one may win, each loser has to be told why, and afterwards the books
 * have to say the same.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "storm.h"

#define FULL_BUT_ONE 29

enum kind { ONE_PLACE, LAST_PLACE, ONE_CHILD, KINDS };

struct fight {
    const struct storm_options *options;
    const struct storm_pass *pass;
    struct wire *wire;
    uint64_t dice;
    enum kind kind;
    int64_t number; /* of the round: codes are made of it */
    int winners, losers, silent;
    int winner; /* whose connection */
    char where[40]; /* ONE_CHILD: what the losers were told, all the same */
    bool wrong;
};

static void complain(struct fight *fight, const char *what, const char *said)
{
    if (!fight->wrong)
        fprintf(stderr, "storm: round %" PRId64 ": %s: %.300s\n", fight->number, what, said);
    fight->wrong = true;
}

static void parent_of(const struct fight *fight, int conn, char code[40])
{
    static const int capacities[KINDS] = { 1, FULL_BUT_ONE + 1, FULL_BUT_ONE + 1 };
    const int64_t several = fight->kind == ONE_CHILD ? conn : 0;

    snprintf(code, 40, "P%" PRId64 "-%d", fight->number * CONNECTIONS_MAX + several,
        capacities[fight->kind]);
}

static void child_of(const struct fight *fight, int conn, char code[40])
{
    const int64_t several = fight->kind == ONE_CHILD ? 0 : conn;

    snprintf(code, 40, "F%012" PRId64, fight->number * CONNECTIONS_MAX + several);
}

static size_t put_scan(
    struct fight *fight, const char *parent, const char *child, char *body, size_t room)
{
    char id[37];

    storm_uuid(&fight->dice, id);
    return (size_t)snprintf(
        body, room, "{\"id\":\"%s\",\"parent\":\"%s\",\"child\":\"%s\"}", id, parent, child);
}

/* LAST_PLACE: by one request, before the fight. */
static void fill_but_one(struct fight *fight)
{
    char body[8000] = "{\"scans\":[", request[BATCH_REQUEST_MAX], parent[40], child[40];
    size_t length = strlen(body);

    parent_of(fight, 0, parent);
    for (int i = 0; i < FULL_BUT_ONE; i++) {
        if (i)
            body[length++] = ',';
        child_of(fight, CONNECTIONS_MAX - 1 - i, child);
        length += put_scan(fight, parent, child, body + length, sizeof body - length);
    }
    snprintf(body + length, sizeof body - length, "]}");

    length = storm_post(fight->pass, "/api/scans/batch", body, request, sizeof request);

    const struct answer answer = wire_ask(fight->wire, &fight->wire->conns[0], request, length);
    int linked = 0;

    for (const char *at = answer.body; (at = strstr(at, "\"linked\"")); at++)
        linked++;
    if (answer.status != 200 || linked != FULL_BUT_ONE)
        complain(fight, "filling the parent", answer.body);
}

/* The same place for all who were told where the child is. */
static void compare_where(struct fight *fight, const char *body)
{
    char where[40] = "";
    const char *at = strstr(body, "\"where\":\"");

    if (at)
        snprintf(where, sizeof where, "%.*s", (int)strcspn(at + 9, "\""), at + 9);
    if (!*fight->where)
        memcpy(fight->where, where, sizeof where);
    if (!*where || strcmp(where, fight->where) != 0)
        complain(fight, "a loser was told another place", body);
}

static void judge(void *state, struct conn *conn, const struct answer *answer)
{
    struct fight *fight = state;
    const char *refusal =
        fight->kind == ONE_CHILD ? "\"verdict\":\"elsewhere\"" : "\"verdict\":\"full\"";

    if (answer->status == 201 && strstr(answer->body, "\"verdict\":\"linked\"")) {
        fight->winners++;
        fight->winner = conn->number;
    } else if (answer->status == 409 && strstr(answer->body, refusal)) {
        fight->losers++;
        if (fight->kind == ONE_CHILD)
            compare_where(fight, answer->body);
    } else {
        fight->silent++;
        complain(fight, "no verdict", answer->body);
    }
}

static void clash(struct fight *fight)
{
    static char requests[CONNECTIONS_MAX][REQUEST_MAX];
    static size_t lengths[CONNECTIONS_MAX];
    struct wire *wire = fight->wire;
    char body[200], parent[40], child[40];

    for (int i = 0; i < wire->count; i++) {
        parent_of(fight, i, parent);
        child_of(fight, i, child);
        put_scan(fight, parent, child, body, sizeof body);
        lengths[i] = storm_post(fight->pass, "/api/scans", body, requests[i], REQUEST_MAX);
    }

    wire->answered = judge;
    wire->load = fight;
    for (int i = 0; i < wire->count; i++)
        wire_send(wire, &wire->conns[i], requests[i], lengths[i]);
    while (wire->waiting > 0)
        wire_turn(wire, 1000);
}

/* What the books say, asked of the other server than the one that took the winner's scan. */
static void look_after(struct fight *fight)
{
    char path[80], request[REQUEST_MAX], parent[40], child[40], wanted[60];

    parent_of(fight, fight->winner, parent);
    child_of(fight, fight->winner, child);
    if (fight->kind == ONE_CHILD && strcmp(parent, fight->where) != 0)
        complain(fight, "the losers were told another place than the winner's", fight->where);

    snprintf(path, sizeof path, "/api/bag/%s", child);
    snprintf(wanted, sizeof wanted, "\"parent\":\"%s\"", parent);

    struct wire *wire = fight->wire;
    const size_t length = storm_get(fight->pass, path, request);
    const struct answer answer =
        wire_ask(wire, &wire->conns[(fight->winner + 1) % wire->count], request, length);

    if (answer.status != 200 || !strstr(answer.body, wanted))
        complain(fight, "the winner's child is not in its parent", answer.body);
}

static bool fight_once(struct fight *fight)
{
    fight->winners = fight->losers = fight->silent = 0;
    fight->where[0] = '\0';
    fight->wrong = false;

    if (fight->kind == LAST_PLACE)
        fill_but_one(fight);
    clash(fight);
    if (fight->winners != 1 || fight->losers != fight->wire->count - 1)
        complain(fight, "not exactly one winner", "");
    else
        look_after(fight);
    return !fight->wrong;
}

int run_fight(const struct storm_options *options, const struct storm_pass *pass)
{
    static struct wire wire;
    struct fight fight = { .options = options, .pass = pass, .wire = &wire };
    const int64_t begin_us = now_us();
    int right = 0;

    fight.dice = (uint64_t)begin_us;
    wire_open(&wire);
    for (int i = 0; i < options->connections; i++)
        wire_connect(&wire, options->ports[i % options->ports_count]);

    for (int i = 0; i < options->rounds; i++) {
        fight.kind = i % 10 == 9 ? ONE_CHILD : i % 2 ? LAST_PLACE : ONE_PLACE;
        fight.number = options->first + i;
        right += fight_once(&fight);
    }
    printf("mode=fight connections=%d servers=%d seconds=%.2f rounds=%d right=%d\n",
        options->connections, options->ports_count, (double)(now_us() - begin_us) / 1e6,
        options->rounds, right);
    wire_close(&wire);
    return right == options->rounds ? 0 : 1;
}
