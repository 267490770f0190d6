/*
 * Every statement of the program fits the schema, and so does every closed set of words: a renamed
 * column or a verdict that only one of both knows fails here, not at the counter.
 */
#include <libpq-fe.h>
#include <string.h>

#include "base/text.h"
#include "cmd/word_sets.h"
#include "db/db.h"
#include "db/harness.h"
#include "test.h"

#define OID_INT8 20

static PGconn *conn;

/* Whether $n has the type that the statement's heading gives. */
static bool type_fits(const PGresult *described, int n, const struct db_arg *arg)
{
    const Oid type = PQparamtype(described, n);
    const char *values[] = { arg->type, NULL };
    char text[16];

    snprintf(text, sizeof text, "%u", type);
    values[1] = text;

    PGresult *result = PQexecParams(
        conn, "SELECT to_regtype($1) = $2::oid, $2::oid::regtype", 2, NULL, values, NULL, NULL, 0);
    const bool fits = strcmp(PQgetvalue(result, 0, 0), "t") == 0;

    if (!fits)
        print_error("$%d is %s, not %s; ", n + 1, PQgetvalue(result, 0, 1), arg->type);
    PQclear(result);
    return fits;
}

static const char *types_complaint(const PGresult *described, const struct db_query *query)
{
    if (query->params > 1 && !query->args)
        return "its arguments have no types";
    for (int i = 1; i < query->params; i++)
        if (!type_fits(described, i, &query->args[i - 1]))
            return "an argument of another type";
    return NULL;
}

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
    else
        wrong = types_complaint(described, query);

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

/* What a set is in C, as PostgreSQL writes an array. */
static const char *as_array(struct arena *arena, const struct word_set *set)
{
    const char *words = "";

    for (size_t i = 1; i < set->count; i++)
        words = arena_format(arena, "%s%s%s", words, i > 1 ? "," : "", set->words[i]);
    return arena_format(arena, "{%s}", words);
}

/* The set of this name; NULL when there is none. */
static const struct word_set *set_named(const char *name)
{
    const struct word_set *const *set = word_sets;

    while (*set && strcmp((*set)->name, name) != 0)
        set++;
    return *set;
}

static void every_enumeration_is_a_set_of_the_same_words(void **state)
{
    struct arena arena = { 0 };
    PGresult *types = PQexec(conn,
        "SELECT t.typname, array_agg(e.enumlabel ORDER BY e.enumsortorder)::text"
        "  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname");

    (void)state;
    assert_true(PQntuples(types) >= 8);
    for (int i = 0; i < PQntuples(types); i++) {
        const struct word_set *set = set_named(PQgetvalue(types, i, 0));

        if (!set)
            print_error("%s: no word set is called so\n", PQgetvalue(types, i, 0));
        assert_non_null(set);
        assert_string_equal(as_array(&arena, set), PQgetvalue(types, i, 1));
    }
    PQclear(types);
    arena_free(&arena);
}

static void no_set_has_a_word_twice(void **state)
{
    (void)state;
    for (const struct word_set *const *set = word_sets; *set; set++) {
        assert_null((*set)->words[0]);
        for (unsigned i = 1; i < (*set)->count; i++)
            assert_int_equal(word_set_find(*set, (*set)->words[i]), i);
    }
}

/* "EXPLAIN EXECUTE bag_list(NULL, NULL)" */
static PGresult *explain(const struct db_query *query)
{
    char text[1024];
    int length = snprintf(text, sizeof text, "EXPLAIN EXECUTE %s(", query->name);

    for (int i = 0; i < query->params; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, "%sNULL", i ? ", " : "");
    snprintf(text + length, sizeof text - (size_t)length, ")");
    return PQexec(conn, text);
}

/* Tables that grow with every scan, and statements that look through one of them all the same. */
static const char *const big[] = { "bag", "scan", "scan_default", "audit_log" };
static const char *const patient[] = { "demo_start", "recount_differences", "search_within" };

static bool is_one_of(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(word, words[i], strlen(words[i])) == 0
            && strcspn(word, " ") == strlen(words[i]))
            return true;
    return false;
}

/* What a line of a plan reads by `way`, where that is a big table; NULL if it isn't. */
static const char *reads(const char *line, const char *way)
{
    const char *at = strstr(line, way);

    at = at ? strstr(at, " on ") : NULL;
    return at && is_one_of(big, COUNT_OF(big), at + strlen(" on ")) ? at + strlen(" on ") : NULL;
}

/* An index that is entered by the organisation alone is the whole table in another order. */
static bool is_whole(const PGresult *plan, int row)
{
    const char *line = PQgetvalue(plan, row, 0);

    if (reads(line, "Seq Scan"))
        return true;
    return (reads(line, "Index Scan") || reads(line, "Index Only Scan"))
        && (row + 1 == PQntuples(plan)
            || strstr(PQgetvalue(plan, row + 1, 0), "Index Cond: (org_id = $1)"));
}

/* Plans are made once for all arguments, while sequential scans cost more than anything else. */
static int whole_tables(const struct db_query *query)
{
    PGresult *prepared = PQprepare(conn, query->name, query->text, 0, NULL);
    PGresult *plan = explain(query);
    int found = 0;

    if (PQresultStatus(plan) != PGRES_TUPLES_OK)
        print_error("%s: %s\n", query->name, PQresultErrorMessage(plan));
    assert_int_equal(PQresultStatus(plan), PGRES_TUPLES_OK);
    for (int i = 0; i < PQntuples(plan); i++)
        if (is_whole(plan, i) && !is_one_of(patient, COUNT_OF(patient), query->name)) {
            print_error("%s: %s\n", query->name, PQgetvalue(plan, i, 0));
            found++;
        }
    PQclear(prepared);
    PQclear(plan);
    return found;
}

static void no_statement_reads_a_whole_table(void **state)
{
    int found = 0;

    (void)state;
    PQclear(PQexec(conn,
        "DEALLOCATE ALL; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off"));
    for (int i = 0; i < queries_all_count; i++)
        found += whole_tables(queries_all[i]);
    assert_int_equal(found, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_fits_the_schema),
        cmocka_unit_test(no_statement_reads_a_whole_table),
        cmocka_unit_test(every_enumeration_is_a_set_of_the_same_words),
        cmocka_unit_test(no_set_has_a_word_twice),
    };

    conn = PQconnectdb(harness_database());

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    PQfinish(conn);
    return failed;
}
