/*
 * Export handlers: answer with all rows of a list as a file, for administrators.
 *
 * A handler_fn gets the call (the request's unit of work), reads the request and fills in the
 * reply. If it returns false, the client gets the call's fault as a problem (RFC 9457).
 */
#ifndef EXPORT_EXPORT_HTTP_H
#define EXPORT_EXPORT_HTTP_H

#include "http/route.h"

/* GET /api/exports/{file}, where file is a list and a format, such as "bags.csv". The query
 * parameters are the filters of that list. Answers with the file as an attachment. */
handler_fn get_export;

#endif
