#include "server/server.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/scratch.h"
#include "http/cookie.h"
#include "http/rate.h"
#include "http/route.h"
#include "server/access_log.h"
#include "server/assets.h"
#include "server/connection_limits.h"
#include "server/daemon.h"
#include "server/dispatch.h"
#include "server/loop.h"
#include "server/stream.h"
#include "server/worker.h"

/* Connections that may wait to be accepted; the kernel cuts it to its own limit. */
#define BACKLOG 4096

static struct {
    struct server_settings settings;
    struct loop *loops;
    int running;
    int port;
} server;

static int server_try_bind(const struct addrinfo *where, bool shared)
{
    const int fd = socket(where->ai_family, where->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1, off = 0;

    if (fd < 0)
        return -1;

    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (shared)
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (where->ai_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, where->ai_addr, where->ai_addrlen) == 0)
        return fd;

    const int error = errno;

    close(fd);
    errno = error;
    return -1;
}

static void note_port(int fd)
{
    struct sockaddr_storage bound;
    socklen_t length = sizeof bound;
    char port[8] = "0";

    getsockname(fd, (struct sockaddr *)&bound, &length);
    getnameinfo((struct sockaddr *)&bound, length, NULL, 0, port, sizeof port, NI_NUMERICSERV);
    server.port = atoi(port);
}

static struct addrinfo *resolve(struct call *call, const char *address, int port)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_NUMERICHOST | AI_PASSIVE };
    struct addrinfo *where = NULL;
    char service[16];

    snprintf(service, sizeof service, "%d", port);
    if (getaddrinfo(address, service, &hints, &where) != 0)
        (void)fail(call, FAULT_CONFIG, "%s is no address", address);
    return where;
}

static bool fail_to_listen(struct call *call, const char *address, int port)
{
    if (errno == EADDRINUSE)
        return fail(call, FAULT_CONFIG,
            "port %d is in use by another program: stop that, or choose another with --port", port);
    return fail(
        call, FAULT_CONFIG, "can't listen on %s port %d: %s", address, port, strerror(errno));
}

static int listen_at(struct call *call, const char *address, int port, bool shared)
{
    struct addrinfo *where = resolve(call, address, port);

    if (!where)
        return -1;

    const int fd = server_try_bind(where, shared);

    if (fd < 0)
        (void)fail_to_listen(call, address, port);
    freeaddrinfo(where);
    return fd;
}

/*
 * Sockets that share their port would share it with another server as well, unnoticed. One that
 * doesn't share finds out.
 */
bool server_can_listen(struct call *call, const char *address, int port)
{
    const int fd = listen_at(call, address, port, false);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool run_loop(struct loop *loop, int listen_fd)
{
    if (listen(listen_fd, BACKLOG) != 0)
        return false;

    struct MHD_Daemon *daemon = daemon_start(loop, listen_fd);

    return daemon && loop_start(loop, daemon);
}

static bool start_loop(struct call *call, int number)
{
    struct loop *loop = &server.loops[number];
    const int fd = listen_at(call, server.settings.address, server.port, true);

    if (fd < 0)
        return false;
    if (number == 0)
        note_port(fd);

    loop_init(loop, number, &server.settings, dispatch_returned, stream_heartbeat);
    if (run_loop(loop, fd)) {
        server.running++;
        return true;
    }
    close(fd);
    return fail(call, FAULT_CONFIG, "http thread %d did not start", number);
}

static void raise_file_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void open_parts(const struct server_settings *settings)
{
    routes_check();
    raise_file_limit();
    signal(SIGPIPE, SIG_IGN);

    /* All who come through a proxy share its address. */
    connection_limits_start(
        settings->connections_max, settings->proxies ? 0 : settings->connections_per_address);
    rate_reset(settings->rate_limits);
    cookie_secure_set(settings->production || settings->tls_cert);
    scratch_folder_set(settings->scratch_folder);
    access_log_start();
    assets_start(settings->production);
    workers_start(settings);
}

static void close_parts(void)
{
    workers_stop();
    assets_stop();
    connection_limits_stop();
    free(server.loops);
    server.loops = NULL;
}

bool server_start(struct call *call, const struct server_settings *settings)
{
    server.settings = *settings;
    server.port = settings->port;
    server.running = 0;
    if (!server_can_listen(call, settings->address, settings->port))
        return false;

    server.loops = calloc((size_t)settings->threads, sizeof *server.loops);
    if (!server.loops)
        abort();

    open_parts(&server.settings);
    for (int i = 0; i < settings->threads; i++)
        if (!start_loop(call, i)) {
            server_stop(0);
            return false;
        }
    return true;
}

int server_port(void)
{
    return server.port;
}

void server_stop(int seconds)
{
    const int64_t by_us = clock_us() + seconds * (int64_t)1000000;

    for (int i = 0; i < server.running; i++)
        loop_stop_by(&server.loops[i], by_us);
    for (int i = 0; i < server.running; i++)
        loop_join(&server.loops[i]);
    server.running = 0;
    close_parts();
}

struct server_stats server_stats(void)
{
    return (struct server_stats){ .connections = connection_limits_count(),
        .waiting = workers_waiting() };
}
