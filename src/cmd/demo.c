#include "demo/demo.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/uuid.h"
#include "cmd/cmd.h"
#include "cmd/database.h"

#define BAGS_STANDARD 1800000
#define PASSWORD_MIN 15 /* any passphrase that long is allowed */

/* Its own flags first; what is left is the options' that every command has. */
static bool take_flag(
    struct call *call, const char *flag, const char *value, struct demo_settings *settings)
{
    if (strcmp(flag, "--bags") == 0)
        return text_to_i64(value, DEMO_BAGS_MIN, DEMO_BAGS_MAX, &settings->bags)
            || fail(call, FAULT_CONFIG, "--bags takes a number from %d to %d", DEMO_BAGS_MIN,
                DEMO_BAGS_MAX);
    if (strcmp(flag, "--seed") == 0)
        return text_to_i64(value, 0, INT64_MAX, &settings->seed)
            || fail(call, FAULT_CONFIG, "--seed takes a number");
    if (strlen(value) < PASSWORD_MIN)
        return fail(call, FAULT_CONFIG, "--password takes %d characters or more", PASSWORD_MIN);
    settings->password = value;
    return true;
}

static bool is_own(const char *flag)
{
    return strcmp(flag, "--bags") == 0 || strcmp(flag, "--seed") == 0
        || strcmp(flag, "--password") == 0;
}

static bool demo_command_read_flags(
    struct call *call, int argc, char **argv, struct demo_settings *settings, struct config *config)
{
    char **left = NEW_ARRAY(&call->arena, char *, (size_t)argc + 1);
    int count = 0;

    for (int i = 0; i < argc; i += 2) {
        const bool own = i + 1 < argc && is_own(argv[i]);

        if (own && !take_flag(call, argv[i], argv[i + 1], settings))
            return false;
        for (int word = i; !own && word < i + 2 && word < argc; word++)
            left[count++] = argv[word];
    }
    return config_load(call, count, left, config);
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
