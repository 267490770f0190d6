/*
 * Handlers: signing in and out, and one's own sessions.
 */
#ifndef ACCOUNT_SESSION_HTTP_H
#define ACCOUNT_SESSION_HTTP_H

#include "config/config.h"
#include "http/route.h"
#include "session/session.h"
#include "user/user.h"

/* POST /api/session: a lane of its own, so that hashing takes no worker from anybody. */
extern const struct batch_route post_session;

handler_fn get_session; /* GET /api/session; RATE_WATCH: asking is no activity */
handler_fn delete_session; /* DELETE /api/session */
handler_fn get_sessions; /* GET /api/sessions */
handler_fn delete_session_by_id; /* DELETE /api/sessions/{id} */
handler_fn delete_other_sessions; /* DELETE /api/sessions */

/* How many lanes sign people in: as many as hash at once (auth/hash_slots.h). */
int sign_in_lanes(const struct config *config);

/* The session as the pages know it, and who has it. */
bool reply_session(struct call *call, struct reply *reply, int status,
    const struct session_view *view, const struct account *account);

#endif
