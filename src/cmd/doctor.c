#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "cluster/migrate.h"
#include "cmd/cmd.h"
#include "cmd/database.h"

struct patient {
    struct config config;
    struct database database;
};

struct check {
    const char *name;
    bool (*run)(struct call *call, struct patient *patient);
};

static bool check_secret(struct call *call, struct patient *patient)
{
    const char *secret;

    return config_secret(call, &patient->config, &secret);
}

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

static bool doctor_command_try_bind(struct call *call, const struct addrinfo *address)
{
    const int yes = 1;
    const int fd = socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, 0);
    const bool bound = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0
        && bind(fd, address->ai_addr, address->ai_addrlen) == 0;

    if (!bound)
        fail(call, FAULT_CONFIG, "%s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return bound;
}

static bool check_address(struct call *call, struct patient *patient)
{
    const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE };
    const char *host = config_text(&patient->config, OPTION_LISTEN);
    const char *port = config_text(&patient->config, OPTION_PORT);
    struct addrinfo *found;

    /* It has what it needs. */
    if (patient->database.cluster && cluster_is_joined(patient->database.cluster))
        return true;

    const int error = getaddrinfo(host, port, &wanted, &found);

    if (error)
        return fail(call, FAULT_CONFIG, "%s: %s", host, gai_strerror(error));

    const bool bound = doctor_command_try_bind(call, found);

    freeaddrinfo(found);
    return bound;
}

/* clang-format off */
static const struct check checks[] = {
    { "session secret", check_secret   },
    { "database",       check_database },
    { "schema",         check_schema   },
    { "address",        check_address  },
};
/* clang-format on */

bool doctor_command(struct call *call, int argc, char **argv)
{
    struct patient patient = { .database = { .cluster = NULL } };
    int failed = 0;

    if (!config_load(call, argc, argv, &patient.config))
        return false;

    printf("%-16s ok\n", "settings");
    for (size_t i = 0; i < COUNT_OF(checks); i++) {
        const bool well = checks[i].run(call, &patient);

        printf("%-16s %s\n", checks[i].name, well ? "ok" : call->fault.detail);
        failed += !well;
    }

    database_stop(&patient.database);
    return failed == 0 || fail(call, FAULT_CONFIG, "%d of the checks failed", failed);
}
