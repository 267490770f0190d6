#include "demo/demo.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/uuid.h"
#include "cmd/cmd.h"
#include "process/database.h"

#define BAGS_STANDARD 1800000
#define PASSWORD_MIN 15 /* any passphrase that long is allowed */

enum demo_flag { DEMO_BAGS, DEMO_SEED, DEMO_PASSWORD, DEMO_FLAGS };

const struct flag demo_flags[] = {
    [DEMO_BAGS] = { "--bags", "NUMBER",
        "how many bags there will be, parents and children (1800000)" },
    [DEMO_SEED] = { "--seed", "NUMBER", "another number makes other data (1)" },
    [DEMO_PASSWORD] = { "--password", "TEXT",
        "everybody's, 15 characters or more; else one is made" },
    [DEMO_FLAGS] = { NULL, NULL, NULL },
};

static bool demo_command_read_values(
    struct call *call, const char *const values[DEMO_FLAGS], struct demo_settings *settings)
{
    const char *bags = values[DEMO_BAGS], *seed = values[DEMO_SEED];

    settings->password = values[DEMO_PASSWORD];
    if (bags && !text_to_i64(bags, DEMO_BAGS_MIN, DEMO_BAGS_MAX, &settings->bags))
        return fail(call, FAULT_CONFIG, "--bags takes a number from %d to %d", DEMO_BAGS_MIN,
            DEMO_BAGS_MAX);
    if (seed && !text_to_i64(seed, 0, INT64_MAX, &settings->seed))
        return fail(call, FAULT_CONFIG, "--seed takes a number");
    return !settings->password || strlen(settings->password) >= PASSWORD_MIN
        || fail(call, FAULT_CONFIG, "--password takes %d characters or more", PASSWORD_MIN);
}

static bool demo_command_read_flags(
    struct call *call, int argc, char **argv, struct demo_settings *settings, struct config *config)
{
    struct arguments arguments = { argc, argv };
    const char *values[DEMO_FLAGS];

    return flags_take(call, demo_flags, &arguments, values)
        && demo_command_read_values(call, values, settings)
        && config_load(call, arguments.count, arguments.items, config);
}

/* Nobody can sign in with a password that everybody knows: each filling has its own. */
static const char *make_password(struct call *call)
{
    unsigned char random[16];
    char hex[33];

    uuid7_create(random);
    text_hex(random + 8, 8, hex);
    return arena_text(&call->arena, hex);
}

static void demo_command_report(
    const struct demo_settings *settings, const struct demo_stats *stats, int64_t took_us)
{
    printf("%lld parents, %lld children (%lld of them in a parent), %lld bills, %lld scans"
           " in %.1f s.\n",
        (long long)stats->parents, (long long)stats->children, (long long)stats->linked,
        (long long)stats->bills, (long long)stats->scans, (double)took_us / 1e6);
    printf("People: aarav, aditi ... (dispatchers), biller.amrita ..., admin.nandini, admin.omkar."
           "\nPassword of each: %s\n",
        settings->password);
}

bool demo_command(struct call *call, int argc, char **argv)
{
    struct demo_settings settings = { .bags = BAGS_STANDARD, .seed = 1 };
    struct demo_stats stats;
    struct config config;
    struct database database = { .cluster = NULL };

    if (!demo_command_read_flags(call, argc, argv, &settings, &config))
        return false;
    if (!settings.password)
        settings.password = make_password(call);

    const bool ready =
        database_start(call, &config, &database) && database_migrate(call, &database);
    const int64_t started_us = clock_us();
    const bool done = ready && demo_fill(call, database.owner, &settings, &stats);

    database_stop(&database);
    if (done)
        demo_command_report(&settings, &stats, clock_us() - started_us);
    return done;
}
