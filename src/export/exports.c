#include "audit/audit_export.h"
#include "base/text.h"

const struct export *const exports[] = {
    &audit_export,
};

const int exports_count = COUNT_OF(exports);
