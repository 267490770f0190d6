/*
 * Audit export: the audit log as a file.
 */
#ifndef EXPORT_AUDIT_EXPORT_H
#define EXPORT_AUDIT_EXPORT_H

#include "export/export.h"

extern const struct export audit_export;

#endif
