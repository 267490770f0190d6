/*
 * Daemon: the set-up of libmicrohttpd, with one daemon per loop.
 */
#ifndef SERVER_DAEMON_H
#define SERVER_DAEMON_H

struct loop;
struct MHD_Daemon;

/*
 * A daemon without threads that accepts connections on `listen_fd` and will close it. NULL if it
 * can't start.
 */
struct MHD_Daemon *daemon_start(struct loop *loop, int listen_fd);

#endif
