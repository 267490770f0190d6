#include "health/database_figures.h"

#include "db/db.h"
#include "health/health.sql.h"

static const struct field pool_use_fields[] = {
    FIELD(struct pool_use, use),
    FIELD(struct pool_use, sessions),
    FIELD(struct pool_use, active),
    FIELD(struct pool_use, idle_in_transaction),
    FIELD(struct pool_use, waiting),
};

const struct shape pool_use_shape = SHAPE(struct pool_use, pool_use_fields);

static const struct field figures_fields[] = {
    FIELD(struct database_figures, sessions),
    FIELD(struct database_figures, sessions_max),
    FIELD(struct database_figures, database_bytes),
    FIELD(struct database_figures, oldest_us),
    FIELD(struct database_figures, wal_position),
    FIELD(struct database_figures, wal_bytes),
    FIELD(struct database_figures, deadlocks),
    FIELD(struct database_figures, cache_hits),
    FIELD(struct database_figures, cache_reads),
    FIELD(struct database_figures, commits),
    FIELD(struct database_figures, rollbacks),
    FIELD(struct database_figures, standbys),
    FIELD(struct database_figures, lag_bytes),
    FIELD(struct database_figures, lag_us),
    FIELD(struct database_figures, sees_wal),
};

static const struct shape figures_shape = SHAPE(struct database_figures, figures_fields);

static const struct field jobs_in_state_fields[] = {
    FIELD(struct jobs_in_state, state),
    FIELD(struct jobs_in_state, jobs),
};

static const struct shape jobs_in_state_shape = SHAPE(struct jobs_in_state, jobs_in_state_fields);

bool pool_uses(struct call *call, struct list *rows)
{
    return db_rows(call, HEALTH_POOL_USES(), &pool_use_shape, rows);
}

bool database_figures(struct call *call, struct database_figures *figures)
{
    return db_one(call, HEALTH_DATABASE(), &figures_shape, figures);
}

bool database_wal_kept(struct call *call, int64_t *bytes)
{
    return db_value_i64(call, HEALTH_WAL_KEPT(), bytes);
}

bool jobs_by_state(struct call *call, struct list *rows)
{
    return db_rows(call, HEALTH_JOBS(), &jobs_in_state_shape, rows);
}
