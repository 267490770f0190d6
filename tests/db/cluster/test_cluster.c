/*
 * Cluster: the private PostgreSQL through starts, stops, crashes and mistakes.
 *
 * The data folder lies below one that only its owner may pass, as a clone in a home folder does.
 */
#include "cluster/cluster.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "base/clock.h"
#include "test.h"

static char home[] = "/tmp/test-cluster.XXXXXX";
static char data[256];

static int begin(void **state)
{
    (void)state;
    if (!mkdtemp(home))
        return 1;
    snprintf(data, sizeof data, "%s/data", home);
    return 0;
}

static int end(void **state)
{
    char command[64];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", home);
    return system(command);
}

static void assert_opens(struct call *call, struct cluster **cluster)
{
    const bool opened = cluster_start(call, data, cluster);

    assert_string_equal(call->fault.detail, "");
    assert_true(opened);
}

static void assert_refused(const char *why)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    assert_false(cluster_start(&call, data, &cluster));
    assert_non_null(strstr(call.fault.detail, why));
    arena_free(&call.arena);
}

/* What the first field of the statement's first row says, or the error. */
static const char *ask(struct call *call, const char *conninfo, const char *statement)
{
    PGconn *conn = PQconnectdb(conninfo);
    PGresult *result = PQexec(conn, statement);
    const char *answer = PQresultStatus(result) == PGRES_TUPLES_OK
        ? arena_text(&call->arena, PQgetvalue(result, 0, 0))
        : arena_text(&call->arena, PQerrorMessage(conn));

    PQclear(result);
    PQfinish(conn);
    return answer;
}

/* 0 when none is running. */
static pid_t postmaster(void)
{
    char path[300];
    int pid = 0;

    snprintf(path, sizeof path, "%s/postgres/postmaster.pid", data);

    FILE *file = fopen(path, "r");

    if (!file)
        return 0;
    assert_int_equal(fscanf(file, "%d", &pid), 1);
    fclose(file);
    return (pid_t)pid;
}

/* A server that opens the cluster and is then killed, with no chance to close it. */
static void crash_a_server(void)
{
    const pid_t child = fork();
    int status;

    if (child == 0) {
        struct call call = { .org_id = 1 };
        struct cluster *cluster;

        if (!cluster_start(&call, data, &cluster))
            _exit(1);
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void the_first_start_makes_a_durable_cluster_without_tcp(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    (void)state;
    assert_opens(&call, &cluster);
    const char *owner = cluster_owner_conninfo(cluster);

    assert_string_equal(ask(&call, owner, "SELECT current_user"), "tracetrack");
    assert_string_equal(ask(&call, owner, "SHOW listen_addresses"), "");
    assert_string_equal(ask(&call, owner, "SHOW fsync"), "on");
    assert_string_equal(ask(&call, owner, "SHOW data_checksums"), "on");
    assert_string_equal(ask(&call, owner, "SHOW server_encoding"), "UTF8");
    assert_string_equal(ask(&call, owner, "SHOW shared_buffers"), "256MB");
    cluster_stop(cluster);
    arena_free(&call.arena);
}

static void the_serving_role_cannot_change_the_schema(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    (void)state;
    assert_opens(&call, &cluster);
    const char *serve = cluster_serve_conninfo(cluster);

    assert_string_equal(ask(&call, serve, "SELECT current_user"), "tracetrack_serve");
    assert_non_null(strstr(ask(&call, serve, "CREATE TABLE t (i int)"), "permission denied"));
    cluster_stop(cluster);
    arena_free(&call.arena);
}

static void a_second_start_takes_less_than_three_seconds(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;
    const int64_t started = clock_us();

    (void)state;
    assert_opens(&call, &cluster);
    assert_true(clock_us() - started < 3000000);
    cluster_stop(cluster);
    arena_free(&call.arena);
}

static void two_servers_cannot_share_a_data_folder(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    (void)state;
    assert_opens(&call, &cluster);
    assert_refused("another server is running with this data folder");
    cluster_stop(cluster);
    arena_free(&call.arena);
}

static void a_command_visits_the_cluster_of_a_running_server(void **state)
{
    struct call call = { .org_id = 1 }, guest = { .org_id = 1 };
    struct cluster *cluster, *visited;

    (void)state;
    assert_opens(&call, &cluster);
    assert_true(cluster_start_or_join(&guest, data, &visited));
    assert_true(cluster_is_joined(visited));
    assert_string_equal(
        ask(&guest, cluster_serve_conninfo(visited), "SELECT current_user"), "tracetrack_serve");
    cluster_stop(visited);
    assert_string_equal(ask(&call, cluster_owner_conninfo(cluster), "SELECT 1"), "1");
    cluster_stop(cluster);
    arena_free(&guest.arena);
    arena_free(&call.arena);
}

static void a_command_without_a_server_starts_the_cluster_and_stops_it(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    (void)state;
    assert_true(cluster_start_or_join(&call, data, &cluster));
    assert_false(cluster_is_joined(cluster));
    assert_string_equal(ask(&call, cluster_serve_conninfo(cluster), "SELECT 1"), "1");
    cluster_stop(cluster);
    assert_int_equal(postmaster(), 0);
    arena_free(&call.arena);
}

static void a_server_whose_cluster_does_not_answer_is_not_visited(void **state)
{
    struct call call = { .org_id = 1 }, guest = { .org_id = 1 };
    struct cluster *cluster, *visited;

    (void)state;
    assert_opens(&call, &cluster);
    assert_int_equal(kill(postmaster(), SIGKILL), 0);
    while (strcmp(ask(&call, cluster_owner_conninfo(cluster), "SELECT 1"), "1") == 0)
        ;
    assert_false(cluster_start_or_join(&guest, data, &visited));
    assert_int_equal(guest.fault.code, FAULT_DATABASE);
    assert_non_null(strstr(guest.fault.detail, "does not answer"));
    cluster_stop(cluster);
    arena_free(&guest.arena);
    arena_free(&call.arena);
}

static void a_killed_server_leaves_a_cluster_that_the_next_one_adopts(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    (void)state;
    crash_a_server();
    const pid_t before = postmaster();

    assert_opens(&call, &cluster);
    assert_int_equal(postmaster(), before);
    cluster_stop(cluster);
    assert_int_equal(postmaster(), 0);
    arena_free(&call.arena);
}

static void after_a_kill_of_everything_it_starts_with_what_was_committed(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    (void)state;
    assert_opens(&call, &cluster);
    ask(&call, cluster_owner_conninfo(cluster), "CREATE TABLE kept AS SELECT 7 AS n");
    assert_int_equal(kill(postmaster(), SIGKILL), 0);
    cluster_stop(cluster);

    assert_opens(&call, &cluster);
    assert_string_equal(ask(&call, cluster_owner_conninfo(cluster), "SELECT n FROM kept"), "7");
    cluster_stop(cluster);
    arena_free(&call.arena);
}

/* After a restart of the machine the number may well be that of some process of ours. */
static void a_pid_file_with_the_number_of_another_process_does_not_matter(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;
    char command[600];

    (void)state;
    snprintf(command, sizeof command,
        "cd %s/postgres && printf '%d\\n/x\\n1\\n5432\\n.\\n\\n' > postmaster.pid"
        " && chown --reference=PG_VERSION postmaster.pid",
        data, (int)getpid());
    assert_int_equal(system(command), 0);
    assert_opens(&call, &cluster);
    cluster_stop(cluster);
    arena_free(&call.arena);
}

static void a_long_path_is_no_hindrance(void **state)
{
    struct call call = { .org_id = 1 };
    struct cluster *cluster;

    (void)state;
    snprintf(data, sizeof data, "%s/%0120d", home, 7);
    assert_opens(&call, &cluster);
    assert_string_equal(ask(&call, cluster_serve_conninfo(cluster), "SELECT 1"), "1");
    cluster_stop(cluster);
    arena_free(&call.arena);
    snprintf(data, sizeof data, "%s/data", home);
}

static void a_cluster_of_a_version_that_is_not_installed_is_refused(void **state)
{
    char command[300];

    (void)state;
    snprintf(command, sizeof command, "echo 9 > %s/postgres/PG_VERSION", data);
    assert_int_equal(system(command), 0);
    assert_refused("is PostgreSQL 9's, and that is not installed here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_start_makes_a_durable_cluster_without_tcp),
        cmocka_unit_test(the_serving_role_cannot_change_the_schema),
        cmocka_unit_test(a_second_start_takes_less_than_three_seconds),
        cmocka_unit_test(two_servers_cannot_share_a_data_folder),
        cmocka_unit_test(a_command_visits_the_cluster_of_a_running_server),
        cmocka_unit_test(a_command_without_a_server_starts_the_cluster_and_stops_it),
        cmocka_unit_test(a_server_whose_cluster_does_not_answer_is_not_visited),
        cmocka_unit_test(a_killed_server_leaves_a_cluster_that_the_next_one_adopts),
        cmocka_unit_test(after_a_kill_of_everything_it_starts_with_what_was_committed),
        cmocka_unit_test(a_pid_file_with_the_number_of_another_process_does_not_matter),
        cmocka_unit_test(a_long_path_is_no_hindrance),
        cmocka_unit_test(a_cluster_of_a_version_that_is_not_installed_is_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
