/*
 * Handlers: the organisation's settings, for administrators.
 */
#ifndef SETTINGS_SETTINGS_HTTP_H
#define SETTINGS_SETTINGS_HTTP_H

#include "http/route.h"

handler_fn get_settings; /* GET /api/settings */
handler_fn put_settings; /* PUT /api/settings: all of them */

#endif
