/*
 * The audit log as a file.
 */
#ifndef AUDIT_AUDIT_EXPORT_H
#define AUDIT_AUDIT_EXPORT_H

#include "export/export.h"

extern const struct export audit_export;

#endif
