/*
 * Plan: the made-up year of a warehouse, event by event.
 *
 * The same settings give the same year, so it can be played once per table, in memory that does not
 * depend on its size. Work comes in groups: a lorry arrives, and each station packs one parent. The
 * events of a group are in the order of time and the stations' scans alternate, so bags of one
 * parent lie apart in the table, as in real life.
 */
#ifndef DEMO_PLAN_H
#define DEMO_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#define PLAN_DAYS 365
#define PLAN_STATIONS 24
#define PLAN_CAPACITY_MAX 500
#define PLAN_BILLS_OPEN 4
#define PLAN_EVENTS_MAX (PLAN_STATIONS * (PLAN_CAPACITY_MAX + 4))

/* The order does not matter: the families themselves are in the database. */
enum plan_family { PLAN_MUSTARD, PLAN_MOONG, PLAN_COUNTED, PLAN_FAMILIES };

struct plan_settings {
    int64_t bags; /* parents and children */
    uint64_t seed;
    int64_t midnight_us; /* when the warehouse's today began */
    int64_t now_us;
    int64_t capacity[PLAN_FAMILIES]; /* of the counted family: any */
    int64_t child_weight_g[PLAN_FAMILIES];
    int dispatchers, billers; /* how many there are */
};

struct plan_bill {
    int64_t number; /* 1, 2, 3 ... */
    int64_t created_us, updated_us;
    int64_t children, weight_g, expected_g;
    int capacity, linked; /* capacity 0: there is no such bill */
    int biller;
    bool completed, is_short;
};

struct plan_parent {
    int64_t id; /* of its row */
    enum plan_family family;
    int64_t number; /* in its family */
    int64_t label; /* the number of its first child */
    int64_t last_us; /* its last packing */
    int capacity, children;
    bool finished; /* by a person, before it was full */
    int dispatcher;

    int64_t billed_us; /* 0: not on a bill */
    struct plan_bill bill; /* the bill just after this parent was put on it */
};

enum plan_kind { PLAN_OPEN, PLAN_LINK, PLAN_FINISH, PLAN_BILL, PLAN_FREE };

struct plan_event {
    int64_t at_us;
    int64_t child_id, label; /* PLAN_LINK, PLAN_FREE: the child's row, and the number on it */
    struct plan_parent *parent; /* NULL for PLAN_FREE: a child that is in no parent */
    int place; /* PLAN_LINK: the child's number in its parent, from 1 */
    int dispatcher;
    enum plan_kind kind;
};

struct plan {
    struct plan_settings settings;
    uint64_t random_state, uuid_random_state; /* two, because one play needs ids and another does
                                                 not, and the rest must stay equal */
    int64_t parents, children, spare; /* how many there will be; spare: children without a parent */
    int64_t parents_done, linked, spare_done;
    int64_t labels; /* used so far */
    int64_t numbers[PLAN_FAMILIES]; /* given out */
    int64_t ids; /* of bags, given out */
    int64_t bills, billed_us;

    int day;
    int64_t weight_before, weight_all, weights[PLAN_DAYS]; /* how busy each day is */

    struct plan_bill open[PLAN_BILLS_OPEN];
    struct plan_bill closed[PLAN_STATIONS]; /* by this group of events */
    int closed_count;

    struct plan_parent stations[PLAN_STATIONS];
    struct plan_event events[PLAN_EVENTS_MAX];
    int events_count;
};

/* Begin the year. A plan is too large for the stack. */
void plan_start(struct plan *plan, const struct plan_settings *settings);

/* Play the next group into `events`; false if the year is over. */
bool plan_next(struct plan *plan);

/* After the last event: adds empty bills until as many are open at the end of the year as were
 * planned. */
void plan_end(struct plan *plan);

/* A version 7 id with that time. */
void plan_uuid(struct plan *plan, int64_t at_us, unsigned char uuid[16]);

#endif
