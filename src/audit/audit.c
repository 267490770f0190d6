#include "audit/audit.h"

#include "audit/audit.sql.h"
#include "db/db.h"

bool audit_note(struct call *call, const char *action, const char *entity, int64_t entity_id,
    const char *before, const char *after, const char *reason)
{
    return db_run(call, &AUDIT_INSERT,
        DB_ARGS(db_id(call, call->person.id), db_text(action), db_text(entity),
            db_id(call, entity_id), db_text(before), db_text(after), db_text(reason),
            db_text(call->address ? call->address : ""), db_text(call->request_id)),
        NULL);
}
