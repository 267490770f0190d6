/*
 * Handlers: the summary of a day, for administrators.
 */
#ifndef EOD_EOD_HTTP_H
#define EOD_EOD_HTTP_H

#include "http/route.h"

handler_fn get_eod; /* GET /api/eod?day=: the summary of a day */
handler_fn post_eod_send; /* POST /api/eod/send: mail it to the administrators */

#endif
