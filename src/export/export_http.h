/*
 * Handlers: lists as files, for administrators.
 */
#ifndef EXPORT_EXPORT_HTTP_H
#define EXPORT_EXPORT_HTTP_H

#include "http/route.h"

handler_fn get_export;

#endif
