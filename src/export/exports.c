#include "base/text.h"
#include "export/audit_export.h"

const struct export *const exports[] = {
    &audit_export,
};

const int exports_count = COUNT_OF(exports);
