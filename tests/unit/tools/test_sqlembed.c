/*
 * The tool that embeds SQL, run as the build runs it. Its path is the first argument.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "test.h"

static struct arena arena;
static char *tool;
static char folder[] = "/tmp/sqlembed-XXXXXX";

static const char *in_folder(const char *name)
{
    return arena_format(&arena, "%s/%s", folder, name);
}

static const char *content_of(FILE *in)
{
    char *text = arena_alloc(&arena, 10000, 1);

    assert_non_null(in);
    text[fread(text, 1, 9999, in)] = '\0';
    return text;
}

static const char *file_content(const char *name)
{
    FILE *in = fopen(in_folder(name), "r");
    const char *text = content_of(in);

    fclose(in);
    return text;
}

static void write_file(const char *name, const char *text)
{
    FILE *out = fopen(in_folder(name), "w");

    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

/* Runs the tool in the folder; what it says, and whether it did what was asked for. */
static const char *said(const char *arguments, bool *done)
{
    FILE *pipe = popen(arena_format(&arena, "cd %s && %s %s 2>&1", folder, tool, arguments), "r");
    const char *text = content_of(pipe);

    *done = pclose(pipe) == 0;
    return text;
}

static void embed(const char *sql)
{
    bool done;

    write_file("bag.sql", sql);
    assert_string_equal(said("bag.sql bag.sql.h", &done), "");
    assert_true(done);
    assert_string_equal(said("bag.sql bag.sql.c", &done), "");
    assert_true(done);
}

static void refused(const char *sql, const char *why)
{
    bool done;

    write_file("bag.sql", sql);

    const char *text = said("bag.sql bag.sql.h", &done);

    assert_string_equal(text, why);
    assert_false(done);
}

static void a_statement_becomes_a_constant(void **state)
{
    (void)state;
    embed("-- About bags.\n\n"
          "-- bag_find(code text)\n"
          "-- One bag (or none).\n"
          "SELECT b.id -- the key\n"
          "  FROM bag b /* all $9\n"
          "               of them; */\n"
          "  -- nothing else\n"
          " WHERE b.org_id = $1 AND b.code = $2;\n"
          "\n"
          "-- bag_count()\n"
          "SELECT count(*) FROM bag WHERE org_id = $1;  \n");

    assert_non_null(strstr(file_content("bag.sql.h"), "extern const struct db_query BAG_FIND;\n"));
    assert_non_null(strstr(file_content("bag.sql.h"), "extern const struct db_query BAG_COUNT;\n"));
    assert_non_null(strstr(file_content("bag.sql.c"),
        "const struct db_query BAG_FIND = { \"bag_find\",\n"
        "    \"SELECT b.id\\n\"\n"
        "    \"  FROM bag b\\n\"\n"
        "    \" WHERE b.org_id = $1 AND b.code = $2\", 2, bag_find_table };\n"));
    assert_non_null(strstr(file_content("bag.sql.c"),
        "const struct db_query BAG_COUNT = { \"bag_count\",\n"
        "    \"SELECT count(*) FROM bag WHERE org_id = $1\", 1, NULL };\n"));
}

static void what_is_quoted_is_left_alone(void **state)
{
    (void)state;
    embed("-- odd(a text)\n"
          "SELECT '-- $7;\n"
          "it''s', \"/* $8 \\\", $2, $$ ; $9 $$, $q$ $$ -- $q$, '\?\?/'\n"
          " WHERE $1 > 0;");
    assert_non_null(strstr(file_content("bag.sql.c"),
        "    \"SELECT '-- $7;\\n\"\n"
        "    \"it''s', \\\"/* $8 \\\\\\\", $2, $$ ; $9 $$, $q$ $$ -- $q$, '\\?\\?/'\\n\"\n"
        "    \" WHERE $1 > 0\", 2, odd_table };\n"));
}

static void a_part_stands_in_each_statement_with_its_own_arguments(void **state)
{
    (void)state;
    embed("-- part mine\n"
          "-- Whose it is.\n"
          "b.org_id = $1 AND b.code::text = :code;\n\n"
          "-- part marked\n"
          "@mine -- and\n"
          "   AND b.mark;\n\n"
          "-- bag_find(code text)\n"
          "SELECT b.id FROM bag b WHERE @mine;\n\n"
          "-- bag_of(kind text, code text)\n"
          "SELECT b.id FROM bag b WHERE @marked AND b.kind = :kind::bag_kind;\n");

    assert_non_null(strstr(file_content("bag.sql.c"),
        "    \"SELECT b.id FROM bag b WHERE b.org_id = $1 AND b.code::text = $2\", 2,"));
    assert_non_null(strstr(file_content("bag.sql.c"),
        "    \"SELECT b.id FROM bag b WHERE b.org_id = $1 AND b.code::text = $3\\n\"\n"
        "    \"   AND b.mark AND b.kind = $2::bag_kind\", 3,"));
}

static void arguments_may_need_two_lines(void **state)
{
    (void)state;
    embed("-- long(a text, b id,\n"
          "--      c bigint[])\n"
          "SELECT $1, $2, $3, $4;\n");
    assert_non_null(
        strstr(file_content("bag.sql.c"), "    \"SELECT $1, $2, $3, $4\", 4, long_table };\n"));
}

static void arguments_become_members_of_their_types(void **state)
{
    (void)state;
    embed(
        "-- move(bag_id id, place integer, open boolean, sure flag, at timestamptz, codes text[])\n"
        "SELECT $1, $2, $3, $4, $5, $6, $7;\n");
    assert_non_null(strstr(file_content("bag.sql.h"),
        "struct move_args {\n"
        "    char none;\n"
        "    int64_t bag_id;\n"
        "    int64_t place;\n"
        "    bool open;\n"
        "    const char *sure;\n"
        "    const char *at;\n"
        "    struct db_texts codes;\n"
        "};\n\n"
        "#define MOVE(...) DB_STATEMENT(MOVE, struct move_args, __VA_ARGS__)\n"));
    assert_non_null(strstr(file_content("bag.sql.c"),
        "    { \"bigint\", DB_ID, offsetof(struct move_args, bag_id) },\n"
        "    { \"integer\", DB_I64, offsetof(struct move_args, place) },\n"
        "    { \"boolean\", DB_BOOL, offsetof(struct move_args, open) },\n"
        "    { \"boolean\", DB_TEXT, offsetof(struct move_args, sure) },\n"
        "    { \"timestamptz\", DB_TEXT, offsetof(struct move_args, at) },\n"
        "    { \"text[]\", DB_TEXTS, offsetof(struct move_args, codes) },\n"));
}

static void what_does_not_add_up_is_refused(void **state)
{
    (void)state;
    refused("-- a(b)\nSELECT $2;\n", "bag.sql:1: a doesn't mention $1, the organisation\n");
    refused("-- a(b)\nSELECT $1;\n", "bag.sql:1: a doesn't mention $2\n");
    refused("-- a(b)\nSELECT $1,\n $2, $3;\n", "bag.sql:3: a has 2 parameters, but here is $3\n");
    refused("-- a()\nSELECT '$1';\n", "bag.sql:1: a doesn't mention $1, the organisation\n");
    refused("-- a()\nSELECT $1;\n\n-- a()\nSELECT $1;\n", "bag.sql:4: a is there twice\n");
    refused("-- a()\n\n-- b()\nSELECT $1;\n", "bag.sql:1: a has no statement\n");
    refused("-- a()\n", "bag.sql:1: a has no statement\n");
    refused("-- a()\nSELECT $1\n", "bag.sql:2: a doesn't end with a ';'\n");
    refused(
        "-- a()\nSELECT $1; SELECT 2;\n", "bag.sql:2: a ';' that isn't at the end of its line\n");
    refused("-- a()\nSELECT '$1;\n", "bag.sql:2: a quote that doesn't end\n");
    refused("-- a()\nSELECT /* $1;\n", "bag.sql:2: a comment that doesn't end\n");
    refused("-- A()\nSELECT $1;\n",
        "bag.sql:2: neither a comment nor \"-- name(arguments)\" nor \"-- part name\"\n");
    refused("-- a(b text, c)\nSELECT $1, $2, $3;\n",
        "bag.sql:1: a: some arguments have types and some have none\n");
    refused("-- a(b smallint[])\nSELECT $1, $2;\n",
        "bag.sql:1: a: there is no way to hand over smallint[]\n");
    refused("-- nothing\n", "bag.sql:1: has no statement\n");
    refused("-- bag_find()\nSELECT FROM bag WHERE org_id = $1 AND @mine;\n",
        "bag.sql:2: there is no part mine above\n");
    refused("-- bag_find(code text)\nSELECT FROM bag WHERE org_id = $1 AND code = :qr;\n",
        "bag.sql:2: bag_find has no argument qr\n");
}

static void all_statements_are_in_one_list(void **state)
{
    bool done;

    (void)state;
    write_file("bag.sql", "-- bag_one()\nSELECT $1;\n-- bag_two()\nSELECT $1;\n");
    write_file("bill.sql", "-- bill_one()\nSELECT $1;\n");
    assert_string_equal(said("--list all.c bag.sql bill.sql", &done), "");
    assert_true(done);

    const char *list = file_content("all.c");

    assert_non_null(strstr(list, "    &BAG_ONE,\n    &BAG_TWO,\n    &BILL_ONE,\n"));
    assert_non_null(strstr(list, "queries_all_count = 3;"));

    write_file("bill.sql", "-- bag_two()\nSELECT $1;\n");
    assert_string_equal(
        said("--list all.c bag.sql bill.sql", &done), "bill.sql:1: bag_two is there twice\n");
    assert_false(done);
}

static void migrations_are_embedded_as_they_stand(void **state)
{
    bool done;

    (void)state;
    write_file("0001-a.sql", "-- \"A\"\nCREATE TABLE a ();\n");
    write_file("0010-b.sql", "-- B\n");
    write_file("rights.sql", "GRANT SELECT ON a TO b;\n");
    assert_string_equal(said("--migrations m.c rights.sql 0001-a.sql 0010-b.sql", &done), "");
    assert_true(done);
    assert_non_null(strstr(
        file_content("m.c"), "const char rights_sql[] =\n    \"GRANT SELECT ON a TO b;\\n\";\n"));
    assert_non_null(strstr(file_content("m.c"),
        "    { 1, \"0001-a.sql\",\n    \"-- \\\"A\\\"\\n\"\n    \"CREATE TABLE a ();\\n\" },\n"
        "    { 10, \"0010-b.sql\",\n"));

    assert_string_equal(said("--migrations m.c rights.sql 0010-b.sql 0001-a.sql", &done),
        "0001-a.sql:1: its number doesn't follow 0010\n");
    assert_false(done);
    assert_string_equal(said("--migrations m.c rights.sql 0001-a.sql none.sql", &done),
        "none.sql:1: No such file or directory\n");
    assert_false(done);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_becomes_a_constant),
        cmocka_unit_test(what_is_quoted_is_left_alone),
        cmocka_unit_test(a_part_stands_in_each_statement_with_its_own_arguments),
        cmocka_unit_test(arguments_may_need_two_lines),
        cmocka_unit_test(arguments_become_members_of_their_types),
        cmocka_unit_test(what_does_not_add_up_is_refused),
        cmocka_unit_test(all_statements_are_in_one_list),
        cmocka_unit_test(migrations_are_embedded_as_they_stand),
    };

    if (argc < 2 || !mkdtemp(folder) || !(tool = realpath(argv[1], NULL)))
        return EXIT_FAILURE;

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    if (system(arena_format(&arena, "rm -r %s", folder)) != 0)
        return EXIT_FAILURE;
    arena_free(&arena);
    free(tool);
    return failed;
}
