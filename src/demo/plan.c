#include "demo/plan.h"

#include <stdlib.h>
#include <string.h>

#define PLAN_SECOND_US INT64_C(1000000)
#define MINUTE (60 * PLAN_SECOND_US)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Work begins at six and ends at eight in the evening, with an hour's rest in between. */
#define WORK_BEGIN (6 * HOUR)
#define REST_BEGIN (7 * HOUR)
#define WORK_TIME (13 * HOUR)

#define GROUP_TIME (3 * HOUR) /* a group that began that long ago has been packed */
#define NUMBERS_MAX 100000 /* SB00000 to SB99999 */

/* splitmix64: one multiplication more than a counter, and good enough for make-believe. */
static uint64_t random_next(uint64_t *random_state)
{
    uint64_t mixed = *random_state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

/* A random number from `least` to `most`, evenly distributed. */
static int64_t plan_random_between(struct plan *plan, int64_t least, int64_t most)
{
    return least + (int64_t)(random_next(&plan->random_state) % (uint64_t)(most - least + 1));
}

static bool chance(struct plan *plan, int per_mille)
{
    return plan_random_between(plan, 0, 999) < per_mille;
}

void plan_uuid(struct plan *plan, int64_t at_us, unsigned char uuid[16])
{
    const uint64_t ms = (uint64_t)(at_us / 1000);
    const uint64_t random[] = { random_next(&plan->uuid_random_state),
        random_next(&plan->uuid_random_state) };

    memcpy(uuid, random, sizeof random);
    for (int i = 0; i < 6; i++)
        uuid[i] = (unsigned char)(ms >> (40 - 8 * i));
    uuid[6] = (unsigned char)(0x70 | (uuid[6] & 0x0f));
    uuid[8] = (unsigned char)(0x80 | (uuid[8] & 0x3f));
}

/* Today has had only part of its hours yet. */
static int64_t today_share(const struct plan_settings *settings)
{
    const int64_t worked = settings->now_us - GROUP_TIME - settings->midnight_us - WORK_BEGIN;

    if (worked <= 0)
        return 0;
    return worked < WORK_TIME ? worked * 100 / WORK_TIME : 100;
}

void plan_start(struct plan *plan, const struct plan_settings *settings)
{
    static const int64_t weekdays[7] = { 10, 11, 12, 12, 11, 9, 3 };

    memset(plan, 0, sizeof *plan);
    plan->settings = *settings;
    plan->random_state = settings->seed;
    plan->uuid_random_state = ~settings->seed;
    plan->parents = settings->bags / 30;
    plan->children = settings->bags - plan->parents;
    plan->spare = plan->children / 100;

    for (int i = 0; i < PLAN_DAYS; i++)
        plan->weights[i] = weekdays[i % 7] * plan_random_between(plan, 70, 130);
    plan->weights[PLAN_DAYS - 1] = 10 * today_share(settings);
    for (int i = 0; i < PLAN_DAYS; i++)
        plan->weight_all += plan->weights[i];
}

/* When the work comes that stands behind `done` of all parents: busy days get more of it. */
static int64_t group_time(struct plan *plan)
{
    /* 2^20 steps keep the product of two large numbers within 63 bits. */
    const int64_t done = (plan->parents_done << 20) / (plan->parents + 1);
    const int64_t weight = done * plan->weight_all;

    while (plan->day < PLAN_DAYS - 1
        && (plan->weight_before + plan->weights[plan->day]) << 20 <= weight)
        plan->weight_before += plan->weights[plan->day++];

    const int64_t within = weight - (plan->weight_before << 20);
    const int64_t length = plan->weights[plan->day] ? plan->weights[plan->day] : 1;
    int64_t worked = within / length * (WORK_TIME / PLAN_SECOND_US) / (1 << 20) * PLAN_SECOND_US;

    if (plan->day == PLAN_DAYS - 1)
        worked = worked * today_share(&plan->settings) / 100;
    if (worked > REST_BEGIN)
        worked += HOUR;
    return plan->settings.midnight_us - (PLAN_DAYS - 1 - plan->day) * DAY + WORK_BEGIN + worked;
}

static enum plan_family choose_family(struct plan *plan)
{
    const int64_t percent = plan_random_between(plan, 0, 99);

    if (percent < 60 && plan->numbers[PLAN_MUSTARD] < NUMBERS_MAX)
        return PLAN_MUSTARD;
    if (percent >= 85 || plan->numbers[PLAN_MOONG] == NUMBERS_MAX)
        return PLAN_COUNTED;
    return PLAN_MOONG;
}

/* Counted parents make up for what the other families hold more or less than the average. */
static int choose_capacity(struct plan *plan, enum plan_family family)
{
    if (family != PLAN_COUNTED)
        return (int)plan->settings.capacity[family];

    const int64_t due = (plan->children - plan->spare) * (plan->parents_done + 1) / plan->parents;
    const int64_t wanted = (due - plan->linked) / 5 * 5;

    if (wanted < 5)
        return 5;
    return wanted < PLAN_CAPACITY_MAX ? (int)wanted : PLAN_CAPACITY_MAX;
}

static int choose_children(struct plan *plan, struct plan_parent *parent)
{
    const bool late = plan->parents_done + plan->parents / 100 > plan->parents;
    const int64_t left = plan->children - plan->spare - plan->linked;
    const int64_t random_state = plan_random_between(plan, 0, 999);
    int64_t children = parent->capacity;

    if (random_state < (late ? 100 : 5))
        children = 0;
    else if (random_state < (late ? 500 : 40))
        children = plan_random_between(plan, 1, parent->capacity);
    if (children > left)
        children = left;

    parent->finished = children > 0 && children < parent->capacity && !late && chance(plan, 700);
    return (int)children;
}

static void add_event(struct plan *plan, struct plan_event event)
{
    plan->events[plan->events_count++] = event;
}

/* One station packs one parent: it is scanned, then child after child, a few seconds apart. */
static void pack(struct plan *plan, struct plan_parent *parent, int64_t at_us)
{
    struct plan_event event = {
        .at_us = at_us, .parent = parent, .dispatcher = parent->dispatcher, .kind = PLAN_OPEN
    };

    add_event(plan, event);
    event.kind = PLAN_LINK;
    for (int i = 0; i < parent->children; i++) {
        event.at_us += plan_random_between(plan, 3 * PLAN_SECOND_US, 9 * PLAN_SECOND_US);
        event.label = parent->label + i;
        event.place = i + 1;
        add_event(plan, event);
    }
    if (parent->finished) {
        event.at_us += plan_random_between(plan, 10 * PLAN_SECOND_US, MINUTE);
        event.kind = PLAN_FINISH;
        add_event(plan, event);
    }
    parent->last_us = event.at_us;
}

static void begin_bill(struct plan *plan, struct plan_bill *bill, int64_t at_us)
{
    static const int capacities[] = { 20, 30, 30, 40, 50, 50, 60, 80, 100 };
    const int64_t choice =
        plan_random_between(plan, 0, (int64_t)(sizeof capacities / sizeof(int)) - 1);

    *bill = (struct plan_bill){
        .number = ++plan->bills,
        .capacity = capacities[choice],
        .created_us = at_us - plan_random_between(plan, 1, 20) * MINUTE,
        .biller = (int)plan_random_between(plan, 0, plan->settings.billers - 1),
    };
}

/* A biller scans the parent onto one of the bills that are open, some hours later. */
static void put_on_bill(struct plan *plan, struct plan_parent *parent)
{
    struct plan_bill *bill = &plan->open[plan_random_between(plan, 0, PLAN_BILLS_OPEN - 1)];
    const int64_t ready_us = parent->last_us + plan_random_between(plan, 2 * HOUR, 4 * HOUR);
    const int64_t next_us =
        plan->billed_us + plan_random_between(plan, 3 * PLAN_SECOND_US, 15 * PLAN_SECOND_US);
    const int64_t at_us = ready_us > next_us ? ready_us : next_us;
    const int64_t weight_g = plan->settings.child_weight_g[parent->family];
    const bool give_up = chance(plan, 10);

    if (at_us > plan->settings.now_us)
        return;
    if (!bill->capacity)
        begin_bill(plan, bill, at_us);

    plan->billed_us = parent->billed_us = bill->updated_us = at_us;
    bill->linked++;
    bill->children += parent->children;
    bill->weight_g += parent->children * weight_g;
    bill->expected_g += parent->capacity * weight_g;
    bill->is_short =
        give_up && bill->linked * 10 > bill->capacity * 6 && bill->linked < bill->capacity;
    parent->bill = *bill;
    add_event(plan, (struct plan_event){ .at_us = at_us, .parent = parent, .kind = PLAN_BILL });

    if (bill->linked == bill->capacity || bill->is_short) {
        bill->completed = true;
        plan->closed[plan->closed_count++] = *bill;
        bill->capacity = 0;
    }
}

static void play_station(struct plan *plan, struct plan_parent *parent, int64_t at_us)
{
    const enum plan_family family = choose_family(plan);

    *parent = (struct plan_parent){
        .family = family,
        .number = plan->numbers[family]++,
        .capacity = choose_capacity(plan, family),
        .label = plan->labels + 1,
        .dispatcher = (int)(plan->parents_done % plan->settings.dispatchers),
    };
    parent->children = choose_children(plan, parent);
    plan->labels += parent->children;
    plan->linked += parent->children;
    plan->parents_done++;

    pack(plan, parent, at_us + plan_random_between(plan, 0, 2 * MINUTE));
    if ((parent->finished || parent->children == parent->capacity) && chance(plan, 980))
        put_on_bill(plan, parent);
}

/* Children that were taken into the books without a parent: spread over the year, rest at its end.
 */
static void play_spare(struct plan *plan, int64_t at_us)
{
    const bool over = plan->parents_done == plan->parents;
    const int64_t all = plan->children - plan->linked;
    int64_t due = plan->spare * plan->parents_done / plan->parents;

    if (over || due > all)
        due = all;
    for (; plan->spare_done < due && plan->events_count < PLAN_EVENTS_MAX; plan->spare_done++)
        add_event(plan,
            (struct plan_event){ .at_us = at_us, .label = ++plan->labels, .kind = PLAN_FREE });
}

static int by_time(const void *left, const void *right)
{
    const struct plan_event *a = left, *b = right;

    return (a->at_us > b->at_us) - (a->at_us < b->at_us);
}

/* Bags get their ids in the order in which they come into the books. */
static void number_bags(struct plan *plan)
{
    for (int i = 0; i < plan->events_count; i++) {
        struct plan_event *event = &plan->events[i];

        if (event->kind == PLAN_OPEN)
            event->parent->id = ++plan->ids;
        else if (event->kind == PLAN_LINK || event->kind == PLAN_FREE)
            event->child_id = ++plan->ids;
    }
}

bool plan_next(struct plan *plan)
{
    const int64_t at_us = group_time(plan);
    int stations = PLAN_STATIONS;

    if (plan->parents - plan->parents_done < stations)
        stations = (int)(plan->parents - plan->parents_done);

    plan->events_count = 0;
    plan->closed_count = 0;
    for (int i = 0; i < stations; i++)
        play_station(plan, &plan->stations[i], at_us);
    play_spare(plan, at_us);
    qsort(plan->events, (size_t)plan->events_count, sizeof *plan->events, by_time);
    number_bags(plan);
    return plan->events_count > 0;
}

void plan_end(struct plan *plan)
{
    for (int i = 0; i < PLAN_BILLS_OPEN; i++)
        if (!plan->open[i].capacity) {
            begin_bill(plan, &plan->open[i], plan->settings.now_us);
            plan->open[i].updated_us = plan->open[i].created_us;
        }
}
