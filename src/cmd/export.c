#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auth/org.h"
#include "base/text.h"
#include "cluster/migrate.h"
#include "cmd/cmd.h"
#include "db/db.h"
#include "export/export.h"
#include "http/route.h"
#include "list/listing_page.h"
#include "process/database.h"

enum export_flag { EXPORT_FORMAT, EXPORT_FLAGS };

const struct flag export_flags[] = {
    [EXPORT_FORMAT] = { "--format", "FORMAT", "csv or xlsx (csv); what is written is the output" },
    [EXPORT_FLAGS] = { NULL, NULL, NULL },
};

#define EXPORT_FILTERS_MAX 20

/* The flags of a list are its filters: "--status new". */
struct export_filters {
    char names[EXPORT_FILTERS_MAX][40];
    struct flag flags[EXPORT_FILTERS_MAX + 1];
    const char *values[EXPORT_FILTERS_MAX];
    const struct listing *listing;
};

/* The lists that can be exported, one after another; NULL behind the last. */
static const struct listing *export_command_list(size_t i)
{
    for (int route = 0; route < routes_count; route++)
        if (routes[route].list && routes[route].list->title && i-- == 0)
            return routes[route].list;
    return NULL;
}

static void export_command_about(const struct listing *listing, char *about, size_t room)
{
    int length = snprintf(about, room, "%s:", listing->title);

    for (size_t i = 0; i < listing->filters_count; i++)
        length += snprintf(about + length, room - (size_t)length, " [--%s %s]",
            listing->filters[i].name, listing_kind_name(listing->filters[i].kind));
}

const struct command_action *export_command_action(size_t i)
{
    static char about[600];
    static struct command_action action;
    const struct listing *listing = export_command_list(i);

    if (!listing)
        return NULL;
    export_command_about(listing, about, sizeof about);
    action = (struct command_action){ listing->name, "", about };
    return &action;
}

static void export_command_flags(const struct listing *listing, struct export_filters *filters)
{
    *filters = (struct export_filters){ .listing = listing };
    for (size_t i = 0; i < listing->filters_count && i < EXPORT_FILTERS_MAX; i++) {
        snprintf(filters->names[i], sizeof filters->names[i], "--%s", listing->filters[i].name);
        filters->flags[i] = (struct flag){ filters->names[i], "VALUE", "" };
    }
}

static const char *export_command_value(const void *from, const struct listing_filter *filter)
{
    const struct export_filters *filters = from;

    return filters->values[filter - filters->listing->filters];
}

static bool export_command_read_format(
    struct call *call, const char *format, struct export_order *order)
{
    for (size_t i = 0; i < export_formats_count; i++)
        if (strcmp(format ? format : "csv", export_formats[i]->extension) == 0)
            order->format = export_formats[i];
    return order->format || fail(call, FAULT_CONFIG, "--format takes csv or xlsx");
}

static bool export_command_read(struct call *call, int argc, char **argv,
    struct export_order *order, struct export_filters *filters, struct config *config)
{
    struct arguments arguments = { argc - 1, argv + 1 };
    const char *values[EXPORT_FLAGS];

    order->listing = argc > 0 ? export_find(argv[0]) : NULL;
    if (!order->listing)
        return fail(call, FAULT_CONFIG, "export wants a list; see tracetrack help export");

    export_command_flags(order->listing, filters);
    order->source = (struct listing_source){ export_command_value, filters };
    return flags_take(call, export_flags, &arguments, values)
        && flags_take(call, filters->flags, &arguments, filters->values)
        && export_command_read_format(call, values[EXPORT_FORMAT], order)
        && config_load(call, arguments.count, arguments.items, config);
}

static bool export_command_copy(struct call *call, int file, int64_t length)
{
    char bytes[65536];
    int64_t done = 0;

    while (done < length) {
        const ssize_t count = pread(file, bytes, sizeof bytes, (off_t)done);

        if (count <= 0 || fwrite(bytes, 1, (size_t)count, stdout) != (size_t)count)
            return fail(call, FAULT_INTERNAL, "the file can't be written");
        done += count;
    }
    return fflush(stdout) == 0 || fail(call, FAULT_INTERNAL, "the file can't be written");
}

static bool export_command_run(
    struct call *call, const struct database *database, const struct export_order *order)
{
    struct export_file written;

    if (!migrate_check(call, database->owner))
        return false;

    snprintf(call->request_id, sizeof call->request_id, "tracetrack export");
    call->db = db_open(database->serve, "tracetrack export");

    const bool done = db_begin(call) && org_find_by_host(call, NULL) && db_commit_and_continue(call)
        && export_write(call, order, &written) && db_commit(call)
        && export_command_copy(call, written.file, written.length);

    db_close(call->db);
    call->db = NULL;
    if (done)
        fprintf(stderr, "%lld rows.\n", (long long)written.rows);
    return done;
}

bool export_command(struct call *call, int argc, char **argv)
{
    struct config config;
    struct database database = { .cluster = NULL };
    struct export_order order = { .listing = NULL };
    struct export_filters filters;

    const bool done = export_command_read(call, argc, argv, &order, &filters, &config)
        && database_start_or_join(call, &config, &database)
        && export_command_run(call, &database, &order);

    database_stop(&database);
    return done;
}
