#include "db/db_loop.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "db/db.h"

/* How long a turn waits for a lost database. */
#define DB_LOOP_PATIENCE_MS 500

struct db_loop {
    const struct db_loop_settings *settings;
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t signal;
    bool told_to_stop, woken;
};

static struct timespec db_loop_until(int ms)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    return until;
}

/* False when it is time to go. */
static bool db_loop_rest(struct db_loop *loop)
{
    const struct timespec until = db_loop_until(loop->settings->every_ms);

    pthread_mutex_lock(&loop->lock);
    if (!loop->told_to_stop && !loop->woken)
        pthread_cond_timedwait(&loop->signal, &loop->lock, &until);
    loop->woken = false;

    const bool goes_on = !loop->told_to_stop;

    pthread_mutex_unlock(&loop->lock);
    return goes_on;
}

static void *db_loop_run(void *argument)
{
    struct db_loop *loop = argument;
    struct call call = { .db = loop->db, .address = "" };

    pthread_setname_np(pthread_self(), loop->settings->name);
    while (db_loop_rest(loop)) {
        if (!db_connect(&call, DB_LOOP_PATIENCE_MS) || !loop->settings->turn(&call))
            log_line(LOG_WARNING, loop->settings->failed, "%s", call.fault.detail);
        fail_clear(&call);
        arena_end(&call.arena);
    }
    arena_free(&call.arena);
    return NULL;
}

struct db_loop *db_loop_start(const char *conninfo, const struct db_loop_settings *settings)
{
    struct db_loop *loop = calloc(1, sizeof *loop);

    if (!loop)
        abort();
    *loop = (struct db_loop){ .settings = settings,
        .db = db_open(conninfo, settings->name),
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .signal = PTHREAD_COND_INITIALIZER };
    if (pthread_create(&loop->thread, NULL, db_loop_run, loop) != 0)
        abort();
    return loop;
}

void db_loop_wake(struct db_loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    loop->woken = true;
    pthread_cond_signal(&loop->signal);
    pthread_mutex_unlock(&loop->lock);
}

void db_loop_stop(struct db_loop *loop)
{
    if (!loop)
        return;
    pthread_mutex_lock(&loop->lock);
    loop->told_to_stop = true;
    pthread_cond_signal(&loop->signal);
    pthread_mutex_unlock(&loop->lock);

    pthread_join(loop->thread, NULL);
    db_close(loop->db);
    free(loop);
}
