/*
 * Session handlers: the HTTP requests for signing in and out, and for a user's own sessions.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 *
 * A lane is a thread with a queue of requests of one kind, beside the worker threads that serve all
 * other requests. Each request of a batch route is answered by a lane.
 */
#ifndef ACCOUNT_SESSION_HTTP_H
#define ACCOUNT_SESSION_HTTP_H

#include "config/config.h"
#include "http/route.h"
#include "session/session.h"
#include "user/user.h"

/* POST /api/session: sign in with name and password; sets the session cookie, answers with the
 * session. It runs on lanes (threads for this kind of request only, see sign_in_lanes()), so that
 * hashing passwords, which is slow, never occupies the workers. */
extern const struct batch_route post_session;

/* GET /api/session: answer with the request's session and its user. The route has the rate class
 * RATE_WATCH: such a request is no activity, so it does not extend the session. */
handler_fn get_session;

/* DELETE /api/session: sign out: end the request's session and clear its cookie. Answers 204. */
handler_fn delete_session;

/* GET /api/sessions: answer with the list of the user's own sessions. */
handler_fn get_sessions;

/* DELETE /api/sessions/{id}: end one of the user's own sessions. Answers 204. */
handler_fn delete_session_by_id;

/* DELETE /api/sessions: end all of the user's own sessions but the request's. Answers 204. */
handler_fn delete_other_sessions;

/* How many lanes (threads that only sign people in) to start: half the processors, 1 to LANES_MAX.
 * As many passwords may be hashed at once (auth/hash_slots.h). `config` is not used. */
int sign_in_lanes(const struct config *config);

/* Fill in the reply: the session (time limits, CSRF token) and its user's account as JSON, with
 * this HTTP status. Always returns true. */
bool reply_session(struct call *call, struct reply *reply, int status,
    const struct session_view *view, const struct account *account);

#endif
