#include "demo/demo.h"

#include <stdlib.h>

#include "auth/password.h"
#include "base/text.h"
#include "cluster/bulk_load.h"
#include "db/db.h"
#include "demo/demo.sql.h"
#include "demo/demo_rows.h"
#include "stats/counter.sql.h"

static const char *const dispatcher_names[DEMO_DISPATCHERS] = {
    "aarav",
    "aditi",
    "ajay",
    "amit",
    "anita",
    "anjali",
    "arjun",
    "asha",
    "deepak",
    "divya",
    "farhan",
    "gaurav",
    "geeta",
    "harish",
    "imran",
    "jyoti",
    "kavita",
    "kiran",
    "lakshmi",
    "mahesh",
    "manoj",
    "meena",
    "mohan",
    "neha",
    "nikhil",
    "pooja",
    "pradeep",
    "priya",
    "rahul",
    "rajesh",
    "ramesh",
    "ravi",
    "rekha",
    "sanjay",
    "seema",
    "sunil",
    "sunita",
    "suresh",
    "vijay",
    "vikram",
};
static const char *const biller_names[DEMO_BILLERS] = { "biller.amrita", "biller.bharat",
    "biller.chitra", "biller.dinesh", "biller.esha", "biller.faisal", "biller.gita",
    "biller.hari" };
static const char *const admin_names[] = { "admin.nandini", "admin.omkar" };

struct start {
    bool empty;
    int64_t now_us, midnight_us;
};

static const struct field start_fields[] = {
    FIELD(struct start, empty),
    FIELD(struct start, now_us),
    FIELD(struct start, midnight_us),
};
static const struct shape start_shape = SHAPE(struct start, start_fields);

static const struct field demo_family_fields[] = {
    FIELD(struct demo_family, id),
    FIELD(struct demo_family, capacity),
    FIELD(struct demo_family, child_weight_g),
};
static const struct shape demo_family_shape = SHAPE(struct demo_family, demo_family_fields);

static const struct field person_fields[] = {
    FIELD(struct demo_person, id),
    FIELD(struct demo_person, area_id),
};
static const struct shape person_shape = SHAPE(struct demo_person, person_fields);

struct demo_org {
    int64_t id;
};

static const struct field demo_org_fields[] = { FIELD(struct demo_org, id) };
static const struct shape demo_org_shape = SHAPE(struct demo_org, demo_org_fields);

struct demo_done {
    bool done;
};

static const struct field demo_done_fields[] = { FIELD(struct demo_done, done) };
static const struct shape demo_done_shape = SHAPE(struct demo_done, demo_done_fields);

static bool find_org(struct call *call, struct demo_world *world)
{
    struct demo_org org;

    if (!db_one(call, DEMO_ORG(), &demo_org_shape, &org))
        return false;
    call->org_id = world->org_id = org.id;
    return true;
}

static bool find_start(struct call *call, struct plan_settings *settings)
{
    struct start start;

    if (!db_one(call, DEMO_START(), &start_shape, &start))
        return false;

    settings->now_us = start.now_us;
    settings->midnight_us = start.midnight_us;
    return start.empty
        || fail(call, FAULT_REFUSED, "there are bags, bills or scans in this database already");
}

static bool find_families(struct call *call, struct demo_world *world)
{
    struct list rows;

    if (!db_rows(call, DEMO_FAMILIES(), &demo_family_shape, &rows))
        return false;
    if (rows.count != PLAN_FAMILIES)
        return fail(
            call, FAULT_REFUSED, "the families mustard, moong and counted are not all there");

    for (size_t i = 0; i < PLAN_FAMILIES; i++) {
        world->families[i] = ((const struct demo_family *)rows.items)[i];
        world->settings.capacity[i] = world->families[i].capacity;
        world->settings.child_weight_g[i] = world->families[i].child_weight_g;
    }
    return true;
}

static bool hire(struct call *call, const char *name, const char *hash, const char *role,
    int64_t number, struct demo_person *person)
{
    return db_one(call,
        DEMO_PERSON(.username = name, .password_hash = hash, .role = role, .number = number),
        &person_shape, person);
}

/* One hash for all: a hundred would take longer than the bags. */
static bool hire_all(struct call *call, const char *password, struct demo_world *world)
{
    struct demo_person admin;
    const char *hash;
    bool hired = password_hash(call, HASH_SLOT_WAIT, password, &hash);

    for (int i = 0; hired && i < DEMO_DISPATCHERS; i++)
        hired = hire(call, dispatcher_names[i], hash, "dispatcher", i, &world->dispatchers[i]);
    for (int i = 0; hired && i < DEMO_BILLERS; i++)
        hired = hire(call, biller_names[i], hash, "biller", i, &world->billers[i]);
    for (size_t i = 0; hired && i < COUNT_OF(admin_names); i++)
        hired = hire(call, admin_names[i], hash, "admin", 0, &admin);
    return hired;
}

static bool put_totals(struct call *call, const struct demo_stats *stats)
{
    return db_run(call,
               COUNTER_ADD(.parents = stats->parents, .children = stats->children,
                   .linked = stats->linked, .in_progress = stats->in_progress,
                   .completed = stats->completed, .scans = stats->scans, .bills = stats->bills,
                   .bills_done = stats->bills_done),
               NULL)
        && db_run(call, DEMO_HOURS(), NULL);
}

static bool put_sequences(struct call *call, const struct demo_stats *stats)
{
    const int64_t bags = stats->parents + stats->children;
    struct demo_done done;

    return db_one(
        call, DEMO_SEQUENCES(.bags = bags, .bills = stats->bills), &demo_done_shape, &done);
}

static bool demo_put_rows(
    struct call *call, const struct demo_world *world, struct demo_stats *stats)
{
    struct plan *plan = NEW(&call->arena, struct plan);

    return demo_rows_write_bags(call, world, plan, stats)
        && demo_rows_write_bills(call, world, plan, stats)
        && demo_rows_write_scans(call, world, plan, stats);
}

static bool demo_fill_tables(
    struct call *call, const struct demo_settings *settings, struct demo_stats *stats)
{
    struct demo_world *world = NEW(&call->arena, struct demo_world);

    world->settings = (struct plan_settings){ .bags = settings->bags,
        .seed = (uint64_t)settings->seed,
        .dispatchers = DEMO_DISPATCHERS,
        .billers = DEMO_BILLERS };

    return find_org(call, world) && find_start(call, &world->settings) && find_families(call, world)
        && hire_all(call, settings->password, world) && bulk_load_begin(call)
        && demo_put_rows(call, world, stats) && bulk_load_end(call) && put_totals(call, stats)
        && put_sequences(call, stats);
}

bool demo_fill(struct call *call, const char *owner, const struct demo_settings *settings,
    struct demo_stats *stats)
{
    bool done;

    *stats = (struct demo_stats){ 0 };
    call->db = db_open(owner, "tracetrack demo");

    done = db_begin(call);
    if (done) {
        done = demo_fill_tables(call, settings, stats) && db_commit(call);
        if (!done)
            db_rollback(call);
    }
    done = done && bulk_load_vacuum(call);

    db_close(call->db);
    call->db = NULL;
    return done;
}
