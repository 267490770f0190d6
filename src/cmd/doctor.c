#include <stdio.h>

#include "base/text.h"
#include "cluster/migrate.h"
#include "cmd/cmd.h"
#include "process/database.h"
#include "process/preflight.h"

struct patient {
    struct config config;
    struct database database;
};

struct check {
    const char *name;
    bool (*run)(struct call *call, struct patient *patient);
};

static bool check_database(struct call *call, struct patient *patient)
{
    return database_start_or_join(call, &patient->config, &patient->database);
}

static bool check_schema(struct call *call, struct patient *patient)
{
    if (!patient->database.owner)
        return fail(call, FAULT_DATABASE, "can't be looked at without the database");
    return migrate_check(call, patient->database.owner);
}

static bool check_address(struct call *call, struct patient *patient)
{
    /* It has what it needs. */
    if (patient->database.cluster && cluster_is_joined(patient->database.cluster))
        return true;
    return preflight_check_address(call, &patient->config);
}

/* clang-format off */
static const struct check checks[] = {
    { "database", check_database },
    { "schema",   check_schema   },
    { "address",  check_address  },
};
/* clang-format on */

static int print_check(struct call *call, const char *name, bool passed)
{
    printf("%-16s %s\n", name, passed ? "ok" : call->fault.detail);
    return !passed;
}

static int check_all(struct call *call, struct patient *patient)
{
    struct preflight preflight = { .config = &patient->config };
    int failed = 0;

    for (const struct preflight_check *check = preflight_checks; check->name; check++)
        failed += print_check(call, check->name, check->run(call, &preflight));
    for (size_t i = 0; i < COUNT_OF(checks); i++)
        failed += print_check(call, checks[i].name, checks[i].run(call, patient));
    return failed;
}

bool doctor_command(struct call *call, int argc, char **argv)
{
    struct patient patient = { .database = { .cluster = NULL } };

    if (!config_load(call, argc, argv, &patient.config))
        return false;

    print_check(call, "settings", true);

    const int failed = check_all(call, &patient);

    database_stop(&patient.database);
    return failed == 0 || fail(call, FAULT_CONFIG, "%d of the checks failed", failed);
}
