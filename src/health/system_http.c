#include "health/health_http.h"

#include "base/clock.h"
#include "db/db.h"
#include "health/database_figures.h"
#include "health/health.sql.h"
#include "health/level.h"
#include "health/machine.h"
#include "metric/last_hour.h"

struct table_size {
    const char *name;
    int64_t bytes, rows;
};

static const struct field table_size_fields[] = {
    FIELD(struct table_size, name),
    FIELD(struct table_size, bytes),
    FIELD(struct table_size, rows),
};

static const struct shape table_size_shape = SHAPE(struct table_size, table_size_fields);

struct schema_state {
    int64_t version;
    const char *checksum;
};

static const struct field schema_state_fields[] = {
    FIELD(struct schema_state, version),
    FIELD(struct schema_state, checksum),
};

static const struct shape schema_state_shape = SHAPE(struct schema_state, schema_state_fields);

/* All that is told, before it is put into words. */
struct system_state {
    struct database_figures database;
    struct schema_state schema;
    struct list tables;
    int64_t wal_kept;
    struct machine_process process;
    struct machine_room memory, disk;
};

static struct {
    const char *data;
    int64_t started_us;
} health;

void health_start(const char *data)
{
    health.data = data;
    health.started_us = clock_us();
}

static bool system_ask(struct call *call, struct system_state *state)
{
    state->wal_kept = NO_I64;
    return database_figures(call, &state->database)
        && db_one(call, HEALTH_SCHEMA(), &schema_state_shape, &state->schema)
        && db_rows(call, HEALTH_TABLES(), &table_size_shape, &state->tables)
        && (!state->database.sees_wal || database_wal_kept(call, &state->wal_kept));
}

static struct fullness room_fullness(struct machine_room room)
{
    return room.total_bytes == NO_I64 || room.free_bytes == NO_I64
        ? fullness_of(0, 0)
        : fullness_of(room.total_bytes - room.free_bytes, room.total_bytes);
}

static struct fullness session_fullness(const struct system_state *state)
{
    return fullness_of(state->database.sessions, state->database.sessions_max);
}

static enum health_level system_level(const struct system_state *state)
{
    const enum health_level levels[] = { session_fullness(state).level,
        room_fullness(state->memory).level, room_fullness(state->disk).level };
    enum health_level worst = HEALTH_NONE;

    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (levels[i] > worst)
            worst = levels[i];
    return worst;
}

/* "name": {, to be closed. */
static void put_open(struct json *json, const char *name)
{
    json_key(json, name);
    json_open(json, '{');
}

static void put_room(struct json *json, const char *name, struct machine_room room)
{
    put_open(json, name);
    fullness_put(json, room_fullness(room));
    json_put_i64(json, "total_bytes", room.total_bytes);
    json_put_i64(json, "free_bytes", room.free_bytes);
    json_close(json, '}');
}

static void put_process(struct json *json, const struct machine_process *process)
{
    put_open(json, "process");
    json_put_i64(json, "resident_bytes", process->resident_bytes);
    json_put_i64(json, "cpu_ms", process->cpu_us / 1000);
    json_put_i64(json, "threads", process->threads);
    json_put_i64(json, "files", process->files);
    json_put_i64(json, "files_max", process->files_max);
    json_close(json, '}');
}

static void put_sessions(struct json *json, const struct system_state *state)
{
    put_open(json, "sessions");
    fullness_put(json, session_fullness(state));
    json_put_i64(json, "used", state->database.sessions);
    json_put_i64(json, "max", state->database.sessions_max);
    json_close(json, '}');
}

static void put_database(struct json *json, const struct system_state *state)
{
    const struct table_size *tables = state->tables.items;

    put_open(json, "database");
    json_put_i64(json, "bytes", state->database.database_bytes);
    json_key(json, "tables");
    json_open(json, '[');
    for (size_t i = 0; i < state->tables.count; i++)
        json_record(json, &table_size_shape, &tables[i]);
    json_close(json, ']');
    json_close(json, '}');
}

static int64_t in_ms(int64_t us)
{
    return us == NO_I64 ? NO_I64 : us / 1000;
}

static void put_wal(struct json *json, const struct system_state *state)
{
    const struct database_figures *database = &state->database;

    put_open(json, "wal");
    json_put_text(json, "position", database->wal_position);
    json_put_i64(json, "written_bytes", database->wal_bytes);
    json_put_i64(json, "kept_bytes", state->wal_kept);
    json_close(json, '}');

    put_open(json, "replication");
    json_put_i64(json, "standbys", database->standbys);
    json_put_i64(json, "lag_bytes", database->lag_bytes);
    json_put_i64(json, "lag_ms", in_ms(database->lag_us));
    json_close(json, '}');
    json_put_i64(
        json, "oldest_transaction_ms", database->oldest_us ? in_ms(database->oldest_us) : NO_I64);
}

static void put_system(struct json *json, const struct system_state *state)
{
    const int64_t now_us = clock_us();

    json_open(json, '{');
    json_put_text(json, "level", word_set_word(&health_level_set, system_level(state)));
    json_put_text(json, "version", TRACETRACK_VERSION);
    json_put_i64(json, "uptime_seconds", (now_us - health.started_us) / 1000000);
    json_put_i64(json, "errors_last_hour", last_hour_errors(now_us));
    json_key(json, "schema");
    json_record(json, &schema_state_shape, &state->schema);
    put_sessions(json, state);
    put_process(json, &state->process);
    put_room(json, "memory", state->memory);
    put_room(json, "disk", state->disk);
    put_database(json, state);
    put_wal(json, state);
    json_close(json, '}');
}

bool get_system_health(struct call *call, const struct request *request, struct reply *reply)
{
    struct system_state state = { .process = machine_process(),
        .memory = machine_memory(),
        .disk = machine_disk(health.data ? health.data : "/") };
    struct json json = json_new(&call->arena);

    (void)request;
    if (!system_ask(call, &state))
        return false;
    put_system(&json, &state);
    return reply_json(reply, 200, &json);
}
