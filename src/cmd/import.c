#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/org.h"
#include "base/text.h"
#include "cluster/migrate.h"
#include "cmd/cmd.h"
#include "db/db.h"
#include "import/import.h"
#include "import/import_job.h"
#include "process/database.h"
#include "user/user_list.h"

enum import_flag { IMPORT_USER, IMPORT_AREA, IMPORT_DRY_RUN, IMPORT_JSON, IMPORT_FLAGS };

const struct flag import_flags[] = {
    [IMPORT_USER] = { "--user", "NAME", "the administrator who imports it (admin)" },
    [IMPORT_AREA] = { "--area", "NAME", "the area that new bags belong to" },
    [IMPORT_DRY_RUN] = { "--dry-run", NULL, "judge the rows, but change nothing" },
    [IMPORT_JSON] = { "--json", NULL, "print the result as JSON, and no progress" },
    [IMPORT_FLAGS] = { NULL, NULL, NULL },
};

/* How often the progress is printed. */
#define IMPORT_LOOK_MS 200
#define IMPORT_BAR 30

/* What the command line says. */
struct import_words {
    struct import_order order;
    const char *values[IMPORT_FLAGS];
};

const struct command_action *import_command_action(size_t i)
{
    static const struct command_action actions[] = {
        { "bags", "FILE...", "bags: qr_id, type, parent_qr_id" },
        { "children", "FILE...", "children, and below them their parent" },
        { "bill-bags", "FILE...", "parents, and below them their bill" },
        { "bills", "FILE...", "bills: bill_id, description, parent_bag_count" },
    };

    return i < COUNT_OF(actions) ? &actions[i] : NULL;
}

static bool import_open_file(struct call *call, const char *path, struct import_file *file)
{
    const char *slash = strrchr(path, '/');
    struct stat about;

    file->name = slash ? slash + 1 : path;
    file->file = open(path, O_RDONLY | O_CLOEXEC);
    if (file->file < 0 || fstat(file->file, &about) != 0)
        return fail(call, FAULT_CONFIG, "%s: %s", path, strerror(errno));
    file->length = about.st_size;
    return S_ISREG(about.st_mode) || fail(call, FAULT_CONFIG, "%s is no file", path);
}

/* All words up to the first option are files; they stay open as long as the program. */
static bool import_open_files(
    struct call *call, struct arguments *arguments, struct import_order *order)
{
    struct import_file *files = NEW_ARRAY(&call->arena, struct import_file, IMPORT_FILES_MAX);

    order->files = files;
    while (arguments->count && strncmp(*arguments->items, "--", 2) != 0) {
        if (order->files_count == IMPORT_FILES_MAX)
            return fail(call, FAULT_CONFIG, "at most %d files", IMPORT_FILES_MAX);
        if (!import_open_file(call, *arguments->items, &files[order->files_count++]))
            return false;
        arguments->count--;
        arguments->items++;
    }
    return order->files_count || fail(call, FAULT_CONFIG, "import wants files");
}

static bool import_read_words(
    struct call *call, int argc, char **argv, struct import_words *words, struct config *config)
{
    struct arguments arguments = { argc - 1, argv + 1 };

    *words = (struct import_words){ 0 };
    words->order.kind = argc > 0 ? word_set_find(&import_kind_set, argv[0]) : IMPORT_KIND_NONE;
    if (!words->order.kind)
        return fail(call, FAULT_CONFIG, "import wants a kind; see tracetrack help import");
    if (!import_open_files(call, &arguments, &words->order)
        || !flags_take(call, import_flags, &arguments, words->values)
        || !config_load(call, arguments.count, arguments.items, config))
        return false;

    words->order.area = words->values[IMPORT_AREA];
    words->order.dry_run = words->values[IMPORT_DRY_RUN];
    return true;
}

/* The import is by a person, as each scan is. */
static bool import_sign_in(struct call *call, const char *name)
{
    struct user user;

    if (!user_find_by_name(call, name ? name : "admin", &user))
        return false;
    if (user.role != ROLE_ADMIN || user.state != USER_STATE_ACTIVE)
        return fail(call, FAULT_FORBIDDEN, "--user must name an active administrator");
    call->person.id = user.id;
    return true;
}

static void import_print_progress(const struct import *import)
{
    const int64_t rows = import->rows == NO_I64 ? 0 : import->rows;
    const int filled = rows ? (int)(import->done * IMPORT_BAR / rows) : 0;

    fprintf(stderr, "\r[%.*s%*s] %lld of %lld rows", filled, "##############################",
        IMPORT_BAR - filled, "", (long long)import->done, (long long)rows);
    if (import->ended_at)
        fprintf(stderr, "\n");
}

/* Some server may have taken it, so what the database says is looked at. */
static bool import_wait(struct call *call, int64_t id, bool shown, struct import *import)
{
    const bool is_terminal = shown && isatty(STDERR_FILENO);

    for (;;) {
        if (!import_find(call, id, import))
            return false;
        if (is_terminal)
            import_print_progress(import);
        if (import->ended_at)
            return true;
        usleep(IMPORT_LOOK_MS * 1000);
    }
}

static void import_print(struct call *call, const struct import *import, bool as_json)
{
    struct json json = json_new(&call->arena);

    if (!as_json) {
        printf("import %lld: %s, %lld rows, %lld made, %lld put in, %lld skipped, %lld refused\n",
            (long long)import->id, word_set_word(&import_status_set, import->status),
            (long long)import->done, (long long)import->created, (long long)import->linked,
            (long long)import->skipped, (long long)import->errors);
        return;
    }
    json_record(&json, &import_shape, import);
    puts(json.text);
}

static bool import_judge_result(struct call *call, const struct import *import)
{
    if (import->status == IMPORT_FAILED)
        return fail(call, FAULT_REFUSED, "nothing was imported: %s", import->detail);
    if (import->errors)
        return fail(call, FAULT_REFUSED, "%s: see import %lld in the browser",
            text_count(&call->arena, import->errors, "row was refused", "rows were refused"),
            (long long)import->id);
    return true;
}

static bool import_command_start(struct call *call, const struct import_words *words, int64_t *id)
{
    return db_begin(call) && org_find_by_host(call, NULL)
        && import_sign_in(call, words->values[IMPORT_USER]) && import_start(call, &words->order, id)
        && db_commit(call);
}

static bool import_command_run(
    struct call *call, const struct database *database, const struct import_words *words)
{
    static const struct job_works works = { .run = { [JOB_IMPORT] = import_run } };
    const bool as_json = words->values[IMPORT_JSON];
    struct import import;
    int64_t id;

    if (!migrate_check(call, database->owner))
        return false;
    snprintf(call->request_id, sizeof call->request_id, "tracetrack import");
    call->db = db_open(database->serve, "tracetrack import");

    bool done = import_command_start(call, words, &id);

    if (done) {
        job_runner_start_imports(database->serve, &works);
        done = import_wait(call, id, !as_json, &import);
        job_runner_stop();
    }
    db_close(call->db);
    call->db = NULL;
    if (done)
        import_print(call, &import, as_json);
    return done && import_judge_result(call, &import);
}

bool import_command(struct call *call, int argc, char **argv)
{
    struct config config;
    struct database database = { .cluster = NULL };
    struct import_words words;

    const bool done = import_read_words(call, argc, argv, &words, &config)
        && database_start_or_join(call, &config, &database)
        && import_command_run(call, &database, &words);

    database_stop(&database);
    return done;
}
