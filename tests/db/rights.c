#include "db/rights.h"
#include "db/db_args.h"

#include "test.h"

void assert_rights(struct call *call, const struct right *rights, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(db_run_args(call, &rights[i].query, DB_NO_ARGS, NULL), rights[i].granted);
        if (!rights[i].granted)
            assert_non_null(strstr(call->fault.detail, "42501")); /* insufficient_privilege */
        fail_clear(call);
    }
}
