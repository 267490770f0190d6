#include "db/young_tables.h"

#include "db/db.h"
#include "db/young_tables.sql.h"

bool young_tables_analyse(struct call *call)
{
    return db_run(call, YOUNG_TABLES(), NULL);
}
