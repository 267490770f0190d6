/*
 * Every statement of the program fits the schema, and so does every closed set of words: a renamed
 * column or a verdict that only one of both knows fails here, not at the counter.
 */
#include <libpq-fe.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_fits_the_schema),
        cmocka_unit_test(every_enumeration_is_a_set_of_the_same_words),
        cmocka_unit_test(no_set_has_a_word_twice),
    };

    conn = PQconnectdb(harness_database());

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    PQfinish(conn);
    return failed;
}
