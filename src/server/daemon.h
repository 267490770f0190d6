/*
 * Daemon: sets up libmicrohttpd, the HTTP library, with one of its daemons per loop.
 *
 * A loop is one http thread with its epoll and its connections (server/loop.h). A daemon is the
 * library's object that accepts connections on a socket and parses their requests.
 */
#ifndef SERVER_DAEMON_H
#define SERVER_DAEMON_H

struct loop;
struct MHD_Daemon;

/* Create a libmicrohttpd daemon for the loop. It accepts connections on the listening socket
 * `listen_fd`, and has no thread: the loop must run it. Returns NULL if it can't start; then the
 * caller closes the socket. Otherwise the loop closes it when it stops. */
struct MHD_Daemon *daemon_start(struct loop *loop, int listen_fd);

#endif
