#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

#define PATIENCE_US 60000000

struct run {
    struct load *load;
    struct wire *wire;
    struct latency latency;
    int64_t begin_us, end_us, due_us;
    int64_t asked, right, wrong;
    int turn; /* whose it was last */
    bool over;
};

static bool may_ask(const struct run *run)
{
    const int64_t count = run->load->options->count;

    return !run->over && (count == 0 || run->asked < count) && now_us() < run->end_us;
}

static void ask(struct run *run, struct conn *conn)
{
    char request[REQUEST_MAX];
    const size_t length = run->load->ask(run->load, conn, request);

    run->asked++;
    wire_send(run->wire, conn, request, length);
}

static void complain(struct run *run, const struct answer *answer)
{
    run->wrong++;
    if (run->wrong <= 3)
        fprintf(stderr, "storm: status %d: %.300s\n", answer->status, answer->body);
}

static void answered(void *state, struct conn *conn, const struct answer *answer)
{
    struct run *run = state;

    if (run->load->right(run->load, conn, answer)) {
        run->right++;
        latency_add(&run->latency, now_us() - conn->sent_us);
    } else if (run->load->options->may_break && (answer->status == 0 || answer->status >= 500)) {
        run->over = true;
        return;
    } else {
        complain(run, answer);
    }
    if (run->load->options->rate <= 0 && conn->fd >= 0 && may_ask(run))
        ask(run, conn);
}

/* In turn: the server hangs up on those that are never used. */
static struct conn *idle(struct run *run)
{
    struct wire *wire = run->wire;

    for (int i = 1; i <= wire->count; i++) {
        struct conn *conn = &wire->conns[(run->turn + i) % wire->count];

        if (conn->fd >= 0 && !conn->waiting) {
            run->turn = conn->number;
            return conn;
        }
    }
    return NULL;
}

/* At a given rate: what is due now, and the milliseconds until the next. */
static int ask_what_is_due(struct run *run)
{
    const int64_t step_us = (int64_t)(1e6 / run->load->options->rate);
    struct conn *conn;

    while (run->due_us <= now_us() && may_ask(run) && (conn = idle(run))) {
        const int64_t due_us = run->due_us;

        ask(run, conn);
        /* Waiting for a free connection is part of what the asker waits. */
        conn->sent_us = due_us;
        run->due_us += step_us;
    }

    const int64_t left_us = run->due_us - now_us();

    return left_us > 0 ? (int)(left_us / 1000) + 1 : 1;
}

static void report(const struct run *run)
{
    const struct storm_options *options = run->load->options;
    const double seconds = (double)(now_us() - run->begin_us) / 1e6;

    printf("mode=%s connections=%d seconds=%.2f right=%lld wrong=%lld rate=%.0f p50_ms=%.2f"
           " p99_ms=%.2f max_ms=%.2f",
        options->mode, options->connections, seconds, (long long)run->right, (long long)run->wrong,
        (double)run->right / seconds, latency_ms(&run->latency, 500),
        latency_ms(&run->latency, 990), (double)run->latency.most_us / 1000);
    if (run->load->report)
        run->load->report(run->load);
    putchar('\n');
}

static void drive(struct run *run)
{
    const bool paced = run->load->options->rate > 0;
    int64_t give_up_us = 0;

    for (int i = 0; !paced && i < run->wire->count && may_ask(run); i++)
        ask(run, &run->wire->conns[i]);
    while (may_ask(run) || run->wire->waiting > 0) {
        if (run->wire->broken == run->wire->count)
            break;
        if (!may_ask(run) && give_up_us == 0)
            give_up_us = now_us() + PATIENCE_US;
        if (give_up_us && now_us() > give_up_us) {
            run->wrong += run->load->options->may_break ? 0 : run->wire->waiting;
            break;
        }
        wire_turn(run->wire, paced && may_ask(run) ? ask_what_is_due(run) : 50);
    }
}

int run_load(const struct storm_options *options, const struct storm_pass *pass, struct load *load)
{
    static struct wire wire;
    static struct run run;

    load->options = options;
    load->pass = pass;
    load->ledger = options->ledger
        ? open(options->ledger, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644)
        : -1;
    load->dice = (uint64_t)now_us() ^ (uint64_t)getpid() << 32;

    wire_open(&wire);
    for (int i = 0; i < options->connections; i++)
        wire_connect(&wire, options->ports[i % options->ports_count]);
    wire.answered = answered;
    wire.load = &run;

    run.load = load;
    run.wire = &wire;
    run.begin_us = run.due_us = now_us();
    run.end_us = run.begin_us + (int64_t)(options->seconds * 1e6);
    drive(&run);
    report(&run);
    wire_close(&wire);
    return run.wrong ? 1 : 0;
}
