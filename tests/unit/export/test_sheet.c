#include "export/sheet.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/scratch.h"
#include "base/text.h"

#include "test.h"
#include "unit/export/unzip.h"

#define MARK "\xef\xbb\xbf"
#define HEAD MARK "Code,Count,Weight,Full,When (Asia/Kolkata)\r\n"

struct bag {
    const char *code;
    int64_t count, weight_kg;
    bool full;
    const char *at;
};

static const struct column columns[] = {
    { "Code", 10, FIELD(struct bag, code) },
    { "Count", 10, FIELD(struct bag, count) },
    { "Weight", 10, FIELD_AS(struct bag, weight_kg, FIELD_KG) },
    { "Full", 10, FIELD(struct bag, full) },
    { "When", 10, FIELD_AS(struct bag, at, FIELD_TIME) },
};

static const struct bag packed = { "SB12345", 30, 30500, true, "2026-11-21 11:42:00.25+05:30" };
static const struct bag nothing = { .count = NO_I64, .weight_kg = NO_I64 };

static struct call call;
static struct sheet sheet;

static int forget(void **state)
{
    (void)state;
    arena_free(&call.arena);
    call = (struct call){ 0 };
    return 0;
}

static struct sheet table(const struct sheet_format *format, size_t count)
{
    return (struct sheet){
        .format = format,
        .title = "Bags",
        .columns = columns,
        .count = count,
        .zone = "Asia/Kolkata",
        .rows_max = SHEET_ROWS_MAX,
    };
}

static bool begin(const struct sheet_format *format, size_t count)
{
    sheet = table(format, count);
    return scratch_open(&call, &sheet.file) && sheet_begin(&call, &sheet);
}

/* What was written; *length may be NULL for text. */
static const char *end(size_t *length)
{
    assert_true(sheet_end(&call, &sheet));

    const size_t written = (size_t)lseek(sheet.file, 0, SEEK_END);
    char *bytes = arena_alloc(&call.arena, written + 1, 1);

    assert_int_equal(pread(sheet.file, bytes, written, 0), written);
    if (length)
        *length = written;
    return bytes;
}

static void csv_has_titles_and_a_line_for_each_row(void **state)
{
    const struct bag light = { "C1", 0, -1250, false, "2026-01-01 00:00:00+05:30" };

    (void)state;
    assert_true(begin(&sheet_csv, COUNT_OF(columns)));
    assert_true(sheet_write_row(&call, &sheet, &packed));
    assert_true(sheet_write_row(&call, &sheet, &light));
    assert_true(sheet_write_row(&call, &sheet, &nothing));
    assert_string_equal(end(NULL),
        HEAD "SB12345,30,30.500,yes,2026-11-21 11:42:00\r\n"
             "C1,0,-1.250,no,2026-01-01 00:00:00\r\n"
             ",,,no,\r\n");
}

static void csv_quotes_what_would_break_a_cell(void **state)
{
    static const char *const cells[][2] = {
        { "plain", "plain" },
        { "a,b", "\"a,b\"" },
        { "a;b", "\"a;b\"" },
        { "say \"no\"", "\"say \"\"no\"\"\"" },
        { "\"", "\"\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "two\r\nlines", "\"two\r\nlines\"" },
        { "\xe0\xa4\xb9\xe0\xa4\xb2\xe0\xa5\x8b \xf0\x9f\x8c\xbe",
            "\xe0\xa4\xb9\xe0\xa4\xb2\xe0\xa5\x8b \xf0\x9f\x8c\xbe" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        forget(NULL);
        assert_true(begin(&sheet_csv, 1));
        assert_true(sheet_write_row(&call, &sheet, &(struct bag){ .code = cells[i][0] }));
        assert_string_equal(
            end(NULL), arena_format(&call.arena, MARK "Code\r\n%s\r\n", cells[i][1]));
    }
}

/* Text that a spreadsheet would take for a formula, and what CSV has instead. */
static const char *const formulas[][2] = {
    { "=1+1", "'=1+1" },
    { "+1", "'+1" },
    { "-1", "'-1" },
    { "@SUM(A1)", "'@SUM(A1)" },
    { "\t=1", "\"'\t=1\"" },
    { "\r=1", "\"'\r=1\"" },
    { "\n=1", "\"'\n=1\"" },
    { "=HYPERLINK(\"http://x\",1)", "\"'=HYPERLINK(\"\"http://x\"\",1)\"" },
};

static void no_cell_of_csv_starts_a_formula(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(formulas); i++) {
        forget(NULL);
        assert_true(begin(&sheet_csv, 1));
        assert_true(sheet_write_row(&call, &sheet, &(struct bag){ .code = formulas[i][0] }));
        assert_string_equal(
            end(NULL), arena_format(&call.arena, MARK "Code\r\n%s\r\n", formulas[i][1]));
    }
}

/* The XML of the workbook's sheet of this number. */
static const char *xml_of(int number)
{
    size_t length;
    const char *archive = end(&length);
    const char *name = arena_format(&call.arena, "xl/worksheets/sheet%d.xml", number);

    return unzip_text(&call.arena, archive, length, name);
}

static void assert_has(const char *xml, const char *piece)
{
    if (!strstr(xml, piece))
        print_message("no %s in %s\n", piece, xml);
    assert_non_null(strstr(xml, piece));
}

static void a_workbook_has_numbers_and_times_that_can_be_reckoned_with(void **state)
{
    (void)state;
    assert_true(begin(&sheet_xlsx, COUNT_OF(columns)));
    assert_true(sheet_write_row(&call, &sheet, &packed));
    assert_true(sheet_write_row(&call, &sheet, &nothing));

    const char *xml = xml_of(1);

    assert_has(xml, "<t>When (Asia/Kolkata)</t>");
    assert_has(xml, "<c r=\"A2\" t=\"inlineStr\"><is><t>SB12345</t></is></c>");
    assert_has(xml, "<c r=\"B2\"><v>30</v></c>");
    assert_has(xml, "<c r=\"C2\"><v>30.5</v></c>");
    assert_has(xml, "<t>yes</t>");
    /* Days since 1899-12-30. */
    assert_has(xml, "<v>46347.4875</v>");
    assert_has(xml, "<row r=\"3\"><c r=\"D3\" t=\"inlineStr\"><is><t>no</t></is></c></row>");
}

static void no_cell_of_a_workbook_is_a_formula(void **state)
{
    (void)state;
    assert_true(begin(&sheet_xlsx, 1));
    for (size_t i = 0; i < COUNT_OF(formulas); i++)
        assert_true(sheet_write_row(&call, &sheet, &(struct bag){ .code = formulas[i][0] }));

    const char *xml = xml_of(1);

    assert_has(xml, "<c r=\"A2\" t=\"inlineStr\"><is><t>=1+1</t></is></c>");
    assert_null(strstr(xml, "<f"));
}

static void a_workbook_goes_on_in_a_further_sheet(void **state)
{
    (void)state;
    assert_true(begin(&sheet_xlsx, 2));
    sheet.rows_max = 3;
    for (int64_t i = 1; i <= 4; i++)
        assert_true(sheet_write_row(&call, &sheet, &(struct bag){ "C1", i, 0, true, NULL }));

    size_t length;
    const char *archive = end(&length);
    const char *last = unzip_text(&call.arena, archive, length, "xl/worksheets/sheet2.xml");

    assert_has(unzip_text(&call.arena, archive, length, "xl/workbook.xml"), "name=\"Bags 2\"");
    assert_has(last, "<t>Count</t>");
    assert_has(last, "<c r=\"B2\"><v>3</v></c>");
    assert_has(last, "<c r=\"B3\"><v>4</v></c>");
    assert_null(unzip_text(&call.arena, archive, length, "xl/worksheets/sheet3.xml"));
}

static void what_no_workbook_can_hold_is_told(void **state)
{
    bool fits = true;

    (void)state;
    assert_true(begin(&sheet_xlsx, 1));
    sheet.rows_max = 2;
    for (int i = 0; i < 100 && fits; i++)
        fits = sheet_write_row(&call, &sheet, &packed);
    assert_false(fits);
    assert_int_equal(call.fault.code, FAULT_TOO_LARGE);
}

static void a_workbook_takes_text_that_excel_could_not(void **state)
{
    char *endless = arena_alloc(&call.arena, 40001, 1);

    (void)state;
    memset(endless, 'x', 39999);
    assert_true(begin(&sheet_xlsx, 1));
    assert_true(sheet_write_row(&call, &sheet,
        &(struct bag){ .code = "a\xef\xbf\xbf"
                               "b<&\x01" }));
    assert_true(sheet_write_row(&call, &sheet, &(struct bag){ .code = endless }));

    const char *xml = xml_of(1);

    assert_has(xml,
        "<t>a\xef\xbf\xbd"
        "b&lt;&amp;_x0001_</t>");
    assert_has(xml, "xxx\xe2\x80\xa6</t>");
    assert_null(strstr(xml, "\xef\xbf\xbf"));
}

static int open_files(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static void a_full_disk_is_told(void **state)
{
    static const struct sheet_format *const forms[] = { &sheet_csv, &sheet_xlsx };

    const int before = open_files();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        sheet = table(forms[i], 1);
        sheet.file = open("/dev/full", O_RDWR);
        assert_true(sheet_begin(&call, &sheet));
        assert_false(sheet_end(&call, &sheet));
        assert_int_equal(call.fault.code, FAULT_INTERNAL);
        close(sheet.file);
        forget(NULL);
        assert_int_equal(open_files(), before);
    }
}

static void what_is_given_up_leaves_no_file_open(void **state)
{
    static const struct sheet_format *const forms[] = { &sheet_csv, &sheet_xlsx };
    const int before = open_files();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        assert_true(begin(forms[i], 2));
        sheet.rows_max = 2;
        for (int64_t j = 0; j < 3; j++)
            assert_true(sheet_write_row(&call, &sheet, &packed));
        forget(NULL);
        assert_int_equal(open_files(), before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(csv_has_titles_and_a_line_for_each_row, forget, forget),
        cmocka_unit_test_setup_teardown(csv_quotes_what_would_break_a_cell, forget, forget),
        cmocka_unit_test_setup_teardown(no_cell_of_csv_starts_a_formula, forget, forget),
        cmocka_unit_test_setup_teardown(
            a_workbook_has_numbers_and_times_that_can_be_reckoned_with, forget, forget),
        cmocka_unit_test_setup_teardown(no_cell_of_a_workbook_is_a_formula, forget, forget),
        cmocka_unit_test_setup_teardown(a_workbook_goes_on_in_a_further_sheet, forget, forget),
        cmocka_unit_test_setup_teardown(what_no_workbook_can_hold_is_told, forget, forget),
        cmocka_unit_test_setup_teardown(a_workbook_takes_text_that_excel_could_not, forget, forget),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told, forget, forget),
        cmocka_unit_test_setup_teardown(what_is_given_up_leaves_no_file_open, forget, forget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
