/*
 * Every statement of the program fits the schema: a renamed column fails here, not at the counter.
 */
#include <libpq-fe.h>

#include "db/db.h"
#include "db/harness.h"
#include "test.h"

#define OID_INT8 20

static PGconn *conn;

/* What is wrong with the statement; NULL when it's right. */
static const char *complaint(const struct db_query *query)
{
    PGresult *prepared = PQprepare(conn, query->name, query->text, 0, NULL);
    PGresult *described = PQdescribePrepared(conn, query->name);
    const char *wrong = NULL;

    if (PQresultStatus(prepared) != PGRES_COMMAND_OK)
        wrong = PQresultErrorMessage(prepared);
    else if (PQnparams(described) != query->params)
        wrong = "has another number of parameters";
    else if (PQparamtype(described, 0) != OID_INT8)
        wrong = "$1, the organisation, is no bigint";

    if (wrong)
        print_error("%s: %s\n", query->name, wrong);
    PQclear(prepared);
    PQclear(described);
    return wrong;
}

static void every_statement_fits_the_schema(void **state)
{
    int wrong = 0;

    (void)state;
    for (int i = 0; i < queries_all_count; i++)
        wrong += complaint(queries_all[i]) != NULL;
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_statement_fits_the_schema) };

    conn = PQconnectdb(harness_database());

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    PQfinish(conn);
    return failed;
}
