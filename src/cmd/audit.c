#include <stdio.h>
#include <string.h>

#include "audit/seal.h"
#include "audit/verify.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "db/db.h"
#include "process/database.h"

/* "ORGANISATION:NUMBER:HASH", as it was printed or logged before. */
struct known_seal {
    int64_t org_id, seq;
    const char *hash;
};

static bool audit_command_read_number(struct call *call, const char **text, int64_t *number)
{
    const size_t length = strcspn(*text, ":");

    if (!(*text)[length]
        || !text_to_i64(arena_bytes(&call->arena, *text, length), 1, INT64_MAX, number))
        return false;
    *text += length + 1;
    return true;
}

static bool read_seal(struct call *call, const char *text, struct known_seal *seal)
{
    if (!audit_command_read_number(call, &text, &seal->org_id)
        || !audit_command_read_number(call, &text, &seal->seq) || strlen(text) != 64)
        return fail(call, FAULT_CONFIG, "--seal takes ORGANISATION:NUMBER:HASH");

    seal->hash = text;
    return true;
}

static void print_wrong(int64_t org_id, const struct audit_check *check)
{
    printf("Organisation %lld: %s", (long long)org_id, check->wrong);
    if (check->wrong_seq != NO_I64)
        printf(", seal %lld", (long long)check->wrong_seq);
    if (check->wrong_id != NO_I64)
        printf(", note %lld of %s", (long long)check->wrong_id, check->wrong_at);
    printf("\n");
}

static bool verify_one(struct call *call)
{
    struct audit_check check;

    if (!audit_verify(call, NULL, 0, &check))
        return false;
    if (check.wrong) {
        print_wrong(call->org_id, &check);
        return fail(call, FAULT_REFUSED, "the audit log is not as it was written");
    }

    printf("Organisation %lld: %lld seals hold, %lld of them of notes whose time is over;"
           " %lld notes wait for theirs.\n",
        (long long)call->org_id, (long long)check.sealed, (long long)check.retired,
        (long long)check.waiting);
    if (check.seq != NO_I64 && check.seq > 0)
        printf("  last seal %lld:%lld:%s\n", (long long)call->org_id, (long long)check.seq,
            check.hash);
    return true;
}

/* Whoever owns the database can make the whole chain anew; not so that an old seal is still in it.
 */
static bool verify_seal(struct call *call, const struct known_seal *seal)
{
    bool same;

    if (!seal->hash)
        return true;
    call->org_id = seal->org_id;
    return audit_seal_matches(call, seal->seq, seal->hash, &same)
        && (same
            || fail(call, FAULT_REFUSED, "seal %lld is another one: the chain was made anew",
                (long long)seal->seq));
}

static bool verify(struct call *call, const char *conninfo, const struct known_seal *seal)
{
    call->db = db_open(conninfo, "tracetrack audit");

    bool done = db_begin(call);
    if (done) {
        done = verify_seal(call, seal) && audit_for_each_org(call, verify_one);
        db_rollback(call);
    }
    db_close(call->db);
    call->db = NULL;
    return done;
}

static const struct command_action audit_command_actions[] = {
    { "verify", "", "walk all seals and notes, and say what is wrong" },
};

const struct command_action *audit_command_action(size_t i)
{
    return i < COUNT_OF(audit_command_actions) ? &audit_command_actions[i] : NULL;
}

enum audit_flag { AUDIT_SEAL, AUDIT_FLAGS };

const struct flag audit_flags[] = {
    [AUDIT_SEAL] = { "--seal", "SEAL",
        "one that was printed or logged before: the chain has to run through it" },
    [AUDIT_FLAGS] = { NULL, NULL, NULL },
};

bool audit_command(struct call *call, int argc, char **argv)
{
    struct config config;
    struct database database = { .cluster = NULL };
    struct known_seal seal = { .hash = NULL };

    if (argc < 1 || strcmp(argv[0], audit_command_actions[0].name) != 0)
        return fail(call, FAULT_CONFIG, "audit wants an action; see tracetrack help audit");

    struct arguments arguments = { argc - 1, argv + 1 };
    const char *values[AUDIT_FLAGS];

    if (!flags_take(call, audit_flags, &arguments, values)
        || (values[AUDIT_SEAL] && !read_seal(call, values[AUDIT_SEAL], &seal)))
        return false;

    const bool done = config_load(call, arguments.count, arguments.items, &config)
        && database_start_or_join(call, &config, &database) && verify(call, database.serve, &seal);

    database_stop(&database);
    return done;
}
