/*
 * Settings handlers: the HTTP requests by which administrators see and change the settings of their
 * organisation.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef SETTINGS_SETTINGS_HTTP_H
#define SETTINGS_SETTINGS_HTTP_H

#include "http/route.h"

/* GET /api/settings: answer with all settings of the organisation. */
handler_fn get_settings;

/* PUT /api/settings: replace all settings of the organisation by those in the body; answers with
 * them. */
handler_fn put_settings;

#endif
