#include "db/db_listener.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "db/harness.h"
#include "test.h"

static const char *const channels[] = { "accounts", "Odd \"name\"", NULL };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char heard[1000]; /* "accounts:7 " for each notification */
static int alive;

static void on_notify(const char *channel, const char *payload)
{
    pthread_mutex_lock(&lock);

    const size_t length = strlen(heard);

    snprintf(heard + length, sizeof heard - length, "%s:%s ", channel, payload);
    pthread_mutex_unlock(&lock);
}

static void on_alive(void)
{
    pthread_mutex_lock(&lock);
    alive++;
    pthread_mutex_unlock(&lock);
}

/* Whether `text` is heard within some seconds; forgets what was heard. */
static bool hears(const char *text)
{
    const int64_t end = clock_us() + 5000000;
    bool found = false;

    while (!found && clock_us() < end) {
        pthread_mutex_lock(&lock);
        found = strstr(heard, text) != NULL;
        if (found)
            heard[0] = '\0';
        pthread_mutex_unlock(&lock);
        nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
    }
    return found;
}

static int alive_now(void)
{
    pthread_mutex_lock(&lock);

    const int count = alive;

    pthread_mutex_unlock(&lock);
    return count;
}

/* Whether it says that it is alive within some seconds. */
static bool comes_alive(int before)
{
    const int64_t end = clock_us() + 5000000;

    while (alive_now() <= before && clock_us() < end)
        nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
    return alive_now() > before;
}

static void it_hears_its_channels_and_comes_back_after_a_loss(void **state)
{
    const char *conninfo = harness_empty_database();
    struct db_listener *listener = db_listener_start(conninfo, channels, on_notify, on_alive);

    (void)state;
    assert_true(hears("accounts: Odd \"name\": "));
    harness_run(conninfo, "SELECT pg_notify('accounts', '7'), pg_notify('other', '8')");
    assert_true(hears("accounts:7 "));
    harness_run(conninfo, "SELECT pg_notify('Odd \"name\"', '9')");
    assert_true(hears("Odd \"name\":9 "));

    assert_true(comes_alive(0));

    const int before = alive_now();

    harness_hang_up(conninfo);
    assert_true(hears("accounts: Odd \"name\": "));
    harness_run(conninfo, "NOTIFY accounts, '10'");
    assert_true(hears("accounts:10 "));
    assert_true(comes_alive(before));
    db_listener_stop(listener);
}

static void it_closes_while_there_is_no_server(void **state)
{
    const int before = alive_now();
    struct db_listener *listener =
        db_listener_start("host=/nowhere", channels, on_notify, on_alive);

    (void)state;
    nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    db_listener_stop(listener);
    assert_int_equal(alive_now(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_hears_its_channels_and_comes_back_after_a_loss),
        cmocka_unit_test(it_closes_while_there_is_no_server),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
