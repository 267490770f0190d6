/*
 * Config: the option table, and what file, environment and flags may say.
 */
#include "config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "test.h"

struct trial {
    struct call call;
    struct config config;
    bool loaded;
    char folder[32];
};

static int begin(void **state)
{
    struct trial *trial = calloc(1, sizeof *trial);

    strcpy(trial->folder, "/tmp/test-config.XXXXXX");
    *state = trial;
    for (int i = 0; i < OPTIONS_COUNT; i++)
        if (options[i].variable)
            unsetenv(options[i].variable);
    return !mkdtemp(trial->folder) || chdir(trial->folder);
}

static int end(void **state)
{
    struct trial *trial = *state;
    char command[64];

    snprintf(command, sizeof command, "rm -r %s", trial->folder);
    arena_free(&trial->call.arena);
    const int failed = chdir("/") || system(command);
    free(trial);
    return failed;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void load(struct trial *trial, int argc, const char *const *argv)
{
    trial->loaded = config_load(&trial->call, argc, (char *const *)argv, &trial->config);
}

#define LOAD(trial, ...)                                                                           \
    load(trial, (int)COUNT_OF(((const char *const[]){ __VA_ARGS__ })),                             \
        (const char *const[]){ __VA_ARGS__ })

static void assert_refused(struct trial *trial, const char *why)
{
    assert_false(trial->loaded);
    assert_int_equal(trial->call.fault.code, FAULT_CONFIG);
    assert_string_equal(trial->call.fault.detail, why);
}

static void every_default_is_in_range(void **state)
{
    struct trial *trial = *state;

    load(trial, 0, NULL);
    assert_true(trial->loaded);
    assert_int_equal(config_number(&trial->config, OPTION_PORT), 5000);
    assert_string_equal(config_text(&trial->config, OPTION_DATA), "var");
    assert_true(config_is_on(&trial->config, OPTION_RATE_LIMITS));
    assert_null(config_text(&trial->config, OPTION_DATABASE));
}

static void a_flag_beats_the_environment_and_that_beats_the_file(void **state)
{
    struct trial *trial = *state;

    write_file("tracetrack.conf", "# ports\n port = 1 \nworkers=7\n\nlog_level = debug\n");
    setenv("PORT", "2", 1);
    setenv("LOG_LEVEL", "error", 1);
    LOAD(trial, "--port", "3");
    assert_true(trial->loaded);
    assert_int_equal(config_number(&trial->config, OPTION_PORT), 3);
    assert_string_equal(trial->config.values[OPTION_PORT].origin, "--port");
    assert_int_equal(config_choice(&trial->config, OPTION_LOG_LEVEL), 3);
    assert_string_equal(trial->config.values[OPTION_LOG_LEVEL].origin, "LOG_LEVEL");
    assert_int_equal(config_number(&trial->config, OPTION_WORKERS), 7);
    assert_string_equal(trial->config.values[OPTION_WORKERS].origin, "tracetrack.conf:3");
}

static void an_empty_variable_is_none(void **state)
{
    struct trial *trial = *state;

    setenv("DATABASE_URL", "", 1);
    load(trial, 0, NULL);
    assert_true(trial->loaded);
    assert_null(config_text(&trial->config, OPTION_DATABASE));
}

static void a_mistake_in_the_file_is_named_with_its_line(void **state)
{
    struct trial *trial = *state;

    write_file("tracetrack.conf", "workers = 2\nworker = 3\n");
    load(trial, 0, NULL);
    assert_refused(trial, "tracetrack.conf:2: there is no option \"worker\"");

    write_file("tracetrack.conf", "workers = 0\n");
    load(trial, 0, NULL);
    assert_refused(
        trial, "tracetrack.conf:1: workers must be a whole number from 1 to 256, not \"0\"");

    write_file("tracetrack.conf", "workers\n");
    load(trial, 0, NULL);
    assert_refused(trial, "tracetrack.conf:1: expected \"name = value\"");
}

static void a_file_that_was_asked_for_must_be_there(void **state)
{
    struct trial *trial = *state;

    LOAD(trial, "--config", "missing.conf");
    assert_refused(trial, "missing.conf: No such file or directory");

    write_file("other.conf", "port = 9\n");
    LOAD(trial, "--config", "other.conf");
    assert_true(trial->loaded);
    assert_int_equal(config_number(&trial->config, OPTION_PORT), 9);
}

static void listen_takes_a_port_along(void **state)
{
    static const struct {
        const char *value, *address;
        int port;
    } rows[] = {
        { "127.0.0.1:8080", "127.0.0.1", 8080 },
        { "127.0.0.1", "127.0.0.1", 5000 },
        { "[::1]:81", "::1", 81 },
        { "[::]", "::", 5000 },
        { "::1", "::1", 5000 },
        { ":82", "0.0.0.0", 82 },
    };
    struct trial *trial = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        LOAD(trial, "--listen", rows[i].value);
        assert_true(trial->loaded);
        assert_string_equal(config_text(&trial->config, OPTION_LISTEN), rows[i].address);
        assert_int_equal(config_number(&trial->config, OPTION_PORT), rows[i].port);
    }
    LOAD(trial, "--listen", "127.0.0.1:http");
    assert_false(trial->loaded);
}

static void any_option_can_be_a_flag(void **state)
{
    struct trial *trial = *state;

    LOAD(trial, "--option", "queue_max=5", "--http-threads", "1");
    assert_true(trial->loaded);
    assert_int_equal(config_number(&trial->config, OPTION_QUEUE_MAX), 5);
    assert_int_equal(config_number(&trial->config, OPTION_HTTP_THREADS), 1);

    LOAD(trial, "--option", "queue_max");
    assert_refused(trial, "--option queue_max: expected name=value");
    LOAD(trial, "--port");
    assert_refused(trial, "--port: a value is missing");
    LOAD(trial, "now");
    assert_refused(trial, "\"now\" is not an option; see tracetrack help");
}

static void a_switch_takes_the_words_of_other_tools(void **state)
{
    struct trial *trial = *state;

    setenv("RATE_LIMITS", "false", 1);
    LOAD(trial, "--create-test-users", "1");
    assert_true(trial->loaded);
    assert_false(config_is_on(&trial->config, OPTION_RATE_LIMITS));
    assert_true(config_is_on(&trial->config, OPTION_CREATE_TEST_USERS));
    LOAD(trial, "--rate-limits", "maybe");
    assert_refused(trial, "--rate-limits: rate_limits must be one of: on off, not \"maybe\"");
}

static void production_wants_a_real_secret_and_rate_limits(void **state)
{
    struct trial *trial = *state;

    setenv("ENVIRONMENT", "production", 1);
    setenv("SESSION_SECRET", "short", 1);
    load(trial, 0, NULL);
    assert_refused(trial, "production needs a SESSION_SECRET of 32 bytes or more");

    setenv("SESSION_SECRET", "0123456789abcdef0123456789abcdef", 1);
    load(trial, 0, NULL);
    assert_true(trial->loaded);

    setenv("RATE_LIMITS", "off", 1);
    load(trial, 0, NULL);
    assert_refused(trial, "RATE_LIMITS: rate_limits can't be off in production");
}

static void production_has_a_database_of_its_own(void **state)
{
    struct trial *trial = *state;

    setenv("DATABASE_URL", "postgresql:///one", 1);
    setenv("PRODUCTION_DATABASE_URL", "postgresql:///two", 1);
    setenv("SESSION_SECRET", "0123456789abcdef0123456789abcdef", 1);
    load(trial, 0, NULL);
    assert_string_equal(config_text(&trial->config, OPTION_DATABASE), "postgresql:///one");
    LOAD(trial, "--environment", "production");
    assert_string_equal(config_text(&trial->config, OPTION_DATABASE), "postgresql:///two");
}

static void secrets_are_masked(void **state)
{
    struct trial *trial = *state;

    setenv("ADMIN_PASSWORD", "correct horse", 1);
    load(trial, 0, NULL);
    assert_string_equal(config_display(&trial->config, OPTION_ADMIN_PASSWORD), "********");
    assert_string_equal(config_display(&trial->config, OPTION_DATABASE), "");
    assert_string_equal(config_display(&trial->config, OPTION_PORT), "5000");
}

static void a_generated_secret_stays_the_same(void **state)
{
    struct trial *trial = *state;
    const char *first, *second;
    struct stat file;

    LOAD(trial, "--data", ".");
    assert_true(config_secret(&trial->call, &trial->config, &first));
    assert_true(config_secret(&trial->call, &trial->config, &second));
    assert_int_equal(strlen(first), 64);
    assert_string_equal(first, second);
    assert_int_equal(stat("session_secret", &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);

    write_file("session_secret", "half");
    assert_false(config_secret(&trial->call, &trial->config, &first));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_default_is_in_range),
        TEST(a_flag_beats_the_environment_and_that_beats_the_file),
        TEST(an_empty_variable_is_none),
        TEST(a_mistake_in_the_file_is_named_with_its_line),
        TEST(a_file_that_was_asked_for_must_be_there),
        TEST(listen_takes_a_port_along),
        TEST(any_option_can_be_a_flag),
        TEST(a_switch_takes_the_words_of_other_tools),
        TEST(production_wants_a_real_secret_and_rate_limits),
        TEST(production_has_a_database_of_its_own),
        TEST(secrets_are_masked),
        TEST(a_generated_secret_stays_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
