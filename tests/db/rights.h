/*
 * Rights: what the serving role may do, statement by statement.
 */
#ifndef TESTS_DB_RIGHTS_H
#define TESTS_DB_RIGHTS_H

#include "db/db.h"

struct right {
    struct db_query query; /* of the organisation alone */
    bool granted;
};

/* Each of them goes well, or is refused for want of the right to it and nothing else. */
void assert_rights(struct call *call, const struct right *rights, size_t count);

#endif
