/*
 * Plan: the made-up year of a warehouse, as a stream of events that is computed, not stored.
 *
 * The same settings give the same year, so it can be played once for each table, in memory that
 * does not depend on its size. Work comes in groups: a lorry arrives, and each station packs one
 * parent (a large bag) with children (small bags). The events of a group are in the order of time
 * and those of the stations alternate, so bags of one parent lie apart in the table, as in real
 * life. A bill is a dispatch document that parents are put on. Times named _us are microseconds
 * since 1970. Nothing here can fail.
 */
#ifndef DEMO_PLAN_H
#define DEMO_PLAN_H

#include <stdbool.h>
#include <stdint.h>

/* The length of the year, in days; the last one is today. */
#define PLAN_DAYS 365

/* How many stations work at the same time: the most parents that one group of events packs. */
#define PLAN_STATIONS 24

/* The most children that a parent can hold. */
#define PLAN_CAPACITY_MAX 500

/* The most bills that are open, not completed, at the same time. */
#define PLAN_BILLS_OPEN 4

/* The most events of one group: the children of full parents, and four more for each parent. */
#define PLAN_EVENTS_MAX (PLAN_STATIONS * (PLAN_CAPACITY_MAX + 4))

/* The families, kinds of parents, in the order of the query demo_families (demo.sql). A counted
 * parent has its capacity in its code. */
enum plan_family { PLAN_MUSTARD, PLAN_MOONG, PLAN_COUNTED, PLAN_FAMILIES };

/* The input of a plan, which determines the whole year. */
struct plan_settings {
    int64_t bags; /* parents and children together */
    uint64_t seed; /* of the random numbers */
    int64_t midnight_us; /* the beginning of today in the warehouse's time zone */
    int64_t now_us; /* the present, at which the year ends */
    int64_t
        capacity[PLAN_FAMILIES]; /* children of a parent, by family; a counted one has its own */
    int64_t child_weight_g[PLAN_FAMILIES]; /* grams of one child */
    int dispatchers, billers; /* how many people pack bags, and put parents on bills */
};

/* A bill at one moment of the year. */
struct plan_bill {
    int64_t number; /* 1, 2, 3 ... */
    int64_t created_us; /* microseconds since 1970, as all times here */
    int64_t updated_us;
    int64_t children; /* in its parents */
    int64_t weight_g; /* of its parents now, in grams */
    int64_t expected_g; /* of its parents if all of them were full */
    int capacity; /* the most parents on it; 0: there is no such bill */
    int linked; /* parents on it */
    int biller; /* who made it: 0 to billers - 1 */
    bool completed;
    bool is_short; /* completed although it was not full */
};

/* A parent that a station packs. */
struct plan_parent {
    int64_t id; /* of its row */
    enum plan_family family;
    int64_t number; /* in its family, from 0: its code is made from it */
    int64_t label; /* the number on the label of its first child; the others follow */
    int64_t last_us; /* when its packing ended */
    int capacity, children; /* most children, children that are packed */
    bool finished; /* completed by a person before it was full */
    int dispatcher; /* who packs it: 0 to dispatchers - 1 */

    int64_t billed_us; /* when it was put on a bill; 0: it is on none */
    struct plan_bill bill; /* the bill just after this parent was put on it */
};

/* What happens in an event. */
enum plan_kind {
    PLAN_OPEN, /* a parent is scanned for the first time */
    PLAN_LINK, /* a child is put into a parent */
    PLAN_FINISH, /* a person completes a parent that is not full */
    PLAN_BILL, /* a parent is put on a bill */
    PLAN_FREE /* a child is recorded without a parent */
};

/* One event of the year. */
struct plan_event {
    int64_t at_us;
    int64_t child_id, label; /* PLAN_LINK, PLAN_FREE: id of the child's row, number on its label */
    struct plan_parent *parent; /* within `stations` of the plan; NULL for PLAN_FREE */
    int place; /* PLAN_LINK: the child's number in its parent, from 1 */
    int dispatcher; /* who did it; PLAN_BILL: unused, see parent->bill.biller */
    enum plan_kind kind;
};

/* A plan being played: the settings, how far it has come, and the present group of events. */
struct plan {
    struct plan_settings settings;
    uint64_t random_state, uuid_random_state; /* two: plan_uuid() leaves the year as it is */
    int64_t parents, children, spare; /* in the whole year; spare: children without a parent */
    int64_t parents_done, linked, spare_done; /* so far; linked: children in parents */
    int64_t labels; /* numbers of children used so far */
    int64_t numbers[PLAN_FAMILIES]; /* numbers of parents used so far */
    int64_t ids; /* ids of bags used so far */
    int64_t bills, billed_us; /* numbers of bills used so far; time of the last PLAN_BILL */

    int day; /* the present day, from 0 */
    /* How busy each day is, as a weight: all days before the present one, all days, each day. */
    int64_t weight_before, weight_all, weights[PLAN_DAYS];

    struct plan_bill open[PLAN_BILLS_OPEN]; /* capacity 0: the place is free */
    struct plan_bill closed[PLAN_STATIONS]; /* completed by the present group */
    int closed_count;

    struct plan_parent stations[PLAN_STATIONS]; /* the parents of the present group */
    struct plan_event events[PLAN_EVENTS_MAX]; /* the present group, in the order of time */
    int events_count;
};

/* Initialise *plan for the beginning of the year. The struct is about 700 KB, too large for the
 * stack. */
void plan_start(struct plan *plan, const struct plan_settings *settings);

/* Compute the next group: sets events, events_count, closed and closed_count, which are valid until
 * the next call. Returns false, without events, if the year is over. */
bool plan_next(struct plan *plan);

/* After plan_next() has returned false: begin an empty bill in each free place of plan->open, so
 * that PLAN_BILLS_OPEN bills are open at the end. */
void plan_end(struct plan *plan);

/* Make a version 7 UUID (RFC 9562) with this time, from the plan's own random numbers. */
void plan_uuid(struct plan *plan, int64_t at_us, unsigned char uuid[16]);

#endif
