/*
 * Daemon: how libmicrohttpd is set up, one daemon per loop.
 */
#ifndef SERVER_DAEMON_H
#define SERVER_DAEMON_H

struct loop;
struct MHD_Daemon;

/* A daemon without threads that accepts from `listen_fd`, which is its own from here on; NULL when
 * it can't be had. */
struct MHD_Daemon *daemon_start(struct loop *loop, int listen_fd);

#endif
