#include "audit/verify.h"

#include <string.h>

#include "audit/verify.sql.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/db.h"

#define AUDIT_VERIFY_BATCH 10000
/* Microseconds of the year 2128: beyond, the database could not add. */
#define US_MAX INT64_C(5000000000000000)

/* The first problem that each of the three statements has found. */
struct audit_verify_place {
    const char *wrong;
    int64_t seq, id;
    const char *at;
};

struct seals {
    int64_t count, last_seq, retired;
    const char *wrong;
    int64_t wrong_seq, wrong_id;
    const char *wrong_at;
};

static const struct field seals_fields[] = {
    FIELD(struct seals, count),
    FIELD(struct seals, last_seq),
    FIELD(struct seals, retired),
    FIELD(struct seals, wrong),
    FIELD(struct seals, wrong_seq),
    FIELD(struct seals, wrong_id),
    FIELD(struct seals, wrong_at),
};

static const struct shape seals_shape = SHAPE(struct seals, seals_fields);

struct notes {
    int64_t count, last_us, last_id;
    const char *wrong;
    int64_t wrong_id;
    const char *wrong_at;
};

static const struct field notes_fields[] = {
    FIELD(struct notes, count),
    FIELD(struct notes, last_us),
    FIELD(struct notes, last_id),
    FIELD(struct notes, wrong),
    FIELD(struct notes, wrong_id),
    FIELD(struct notes, wrong_at),
};

static const struct shape notes_shape = SHAPE(struct notes, notes_fields);

struct end {
    int64_t seq;
    const char *hash;
    int64_t waiting;
    const char *wrong;
    int64_t wrong_seq, wrong_id;
    const char *wrong_at;
};

static const struct field end_fields[] = {
    FIELD(struct end, seq),
    FIELD(struct end, hash),
    FIELD(struct end, waiting),
    FIELD(struct end, wrong),
    FIELD(struct end, wrong_seq),
    FIELD(struct end, wrong_id),
    FIELD(struct end, wrong_at),
};

static const struct shape end_shape = SHAPE(struct end, end_fields);

struct same {
    bool same;
};

static const struct field same_fields[] = { FIELD(struct same, same) };
static const struct shape same_shape = SHAPE(struct same, same_fields);

/* How far the walk has come: behind a seal, and when all of them are done, behind a note. */
struct audit_verify_walk {
    int64_t seq;
    int64_t us, id; /* NO_I64: before the first note */
    bool seals_done, done;
};

/* "<seq>" or "<microseconds>.<id>" */
static bool read_walk(struct call *call, const char *from, struct audit_verify_walk *walk)
{
    *walk = (struct audit_verify_walk){ .us = NO_I64, .id = NO_I64 };
    if (!from || text_to_i64(from, 1, INT64_MAX, &walk->seq))
        return true;

    const size_t length = strcspn(from, ".");

    walk->seals_done = true;
    return (from[length]
               && text_to_i64(arena_bytes(&call->arena, from, length), -US_MAX, US_MAX, &walk->us)
               && text_to_i64(from + length + 1, 0, INT64_MAX, &walk->id))
        || fail_field(call, "from", NOT_OURS);
}

static const char *show_walk(struct call *call, const struct audit_verify_walk *walk)
{
    if (walk->us != NO_I64)
        return arena_format(&call->arena, "%lld.%lld", (long long)walk->us, (long long)walk->id);
    if (walk->seals_done)
        return arena_format(&call->arena, "%lld.0", (long long)-US_MAX);
    return arena_format(&call->arena, "%lld", (long long)walk->seq);
}

static void audit_verify_tell(struct audit_check *check, const struct audit_verify_place *place)
{
    check->wrong = place->wrong;
    check->wrong_seq = place->wrong ? place->seq : NO_I64;
    check->wrong_id = place->wrong ? place->id : NO_I64;
    check->wrong_at = place->at;
}

static bool walk_seals(struct call *call, struct audit_verify_walk *walk, struct audit_check *check)
{
    struct seals found;

    if (!db_one(call, AUDIT_VERIFY_SEALS(.after_seq = walk->seq, .count = AUDIT_VERIFY_BATCH),
            &seals_shape, &found))
        return false;

    check->sealed += found.count;
    check->retired += found.retired;
    walk->seq = found.last_seq;
    walk->seals_done = found.count < AUDIT_VERIFY_BATCH;
    audit_verify_tell(check,
        &(struct audit_verify_place){
            found.wrong, found.wrong_seq, found.wrong_id, found.wrong_at });
    return true;
}

static bool end_walk(struct call *call, struct audit_verify_walk *walk, struct audit_check *check)
{
    struct end end;

    if (!db_one(call, AUDIT_VERIFY_END(), &end_shape, &end))
        return false;

    check->seq = end.seq;
    check->hash = end.hash;
    check->waiting = end.waiting;
    walk->done = true;
    audit_verify_tell(check,
        &(struct audit_verify_place){ end.wrong, end.wrong_seq, end.wrong_id, end.wrong_at });
    return true;
}

static bool walk_notes(struct call *call, struct audit_verify_walk *walk, struct audit_check *check)
{
    struct notes found;

    if (!db_one(call,
            AUDIT_VERIFY_NOTES(.after_us = walk->us, .after_id = walk->id,
                .count = AUDIT_VERIFY_BATCH),
            &notes_shape, &found))
        return false;

    check->notes += found.count;
    walk->us = found.last_us;
    walk->id = found.last_id;
    audit_verify_tell(
        check, &(struct audit_verify_place){ found.wrong, NO_I64, found.wrong_id, found.wrong_at });
    /* No time: the last note is at "infinity", and so behind all others. */
    if (check->wrong || (found.count == AUDIT_VERIFY_BATCH && found.last_us != NO_I64))
        return true;
    return end_walk(call, walk, check);
}

bool audit_verify(struct call *call, const char *from, int seconds, struct audit_check *check)
{
    const int64_t end_us = clock_us() + (int64_t)seconds * 1000000;
    struct audit_verify_walk walk;

    *check = (struct audit_check){ .seq = NO_I64, .wrong_seq = NO_I64, .wrong_id = NO_I64 };
    if (!read_walk(call, from, &walk) || !db_run(call, AUDIT_PLAN_ANEW(), NULL))
        return false;

    do {
        if (!(walk.seals_done ? walk_notes : walk_seals)(call, &walk, check))
            return false;
    } while (!walk.done && !check->wrong && (!seconds || clock_us() < end_us));

    if (!walk.done && !check->wrong)
        check->next = show_walk(call, &walk);
    return true;
}

bool audit_seal_matches(struct call *call, int64_t seq, const char *hash, bool *same)
{
    struct same found;

    if (!db_one(call, AUDIT_SEAL_SAME(.seq = seq, .hash = hash), &same_shape, &found))
        return false;

    *same = found.same;
    return true;
}
