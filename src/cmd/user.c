#include <stdio.h>
#include <string.h>

#include "area/area.h"
#include "auth/org.h"
#include "auth/password_rule.h"
#include "base/text.h"
#include "cluster/migrate.h"
#include "cmd/cmd.h"
#include "cmd/database.h"
#include "cmd/prompt.h"
#include "db/db.h"
#include "user/user.h"
#include "user/user_change.h"

#define PAGE 200

/* What stands behind `user`. The password is asked for before the database is kept waiting. */
struct words {
    const char *name, *role, *email, *area;
    const char *password;
};

struct deed {
    const char *name;
    bool (*run)(struct call *call, const struct words *words);
    bool wants_name, wants_password;
};

static bool print_page(struct call *call, const char **after)
{
    const struct user_filter filter = { .after = *after, .count = PAGE };
    struct list users;

    if (!user_find_all(call, &filter, &users))
        return false;

    const struct user *user = users.items;

    for (size_t i = 0; i < users.count; i++, user++)
        printf("%-24s %-11s %-8s %-20s %-6s %s\n", user->username, user->role, user->state,
            user->area ? user->area : "", user->locked_until ? "locked" : "",
            user->email ? user->email : "");
    *after = users.count == PAGE ? user[-1].cursor : NULL;
    return true;
}

static bool list(struct call *call, const struct words *words)
{
    const char *after = NULL;

    (void)words;
    do {
        if (!print_page(call, &after))
            return false;
    } while (after);
    return true;
}

static bool add(struct call *call, const struct words *words)
{
    struct user_new user = { .username = words->name,
        .password = words->password,
        .email = words->email,
        .role = role_of(words->role ? words->role : "dispatcher"),
        .active = true,
        .temporary = true };
    int64_t id;

    if (user.role == ROLE_NONE)
        return fail_field(call, "role", "must be admin, biller or dispatcher");

    return area_for(call, user.role, words->area, &user.area_id)
        && password_rule(call, "password", words->name, words->password)
        && user_create(call, TURN_WAIT, &user, &id);
}

static bool find(struct call *call, const char *name, struct user *user)
{
    if (user_find_named(call, name, user))
        return true;
    if (call->fault.code != FAULT_NOT_FOUND)
        return false;
    return fail(call, FAULT_NOT_FOUND, "there is no user %s", name);
}

static bool alter(struct call *call, const struct words *words, const struct user_edit *edit)
{
    struct user user;

    return find(call, words->name, &user) && user_alter(call, user.id, edit, &user);
}

static bool unlock(struct call *call, const struct words *words)
{
    struct user user;

    return find(call, words->name, &user) && user_unlock(call, user.id, &user);
}

static bool reset_password(struct call *call, const struct words *words)
{
    return alter(
        call, words, &(struct user_edit){ .password = words->password, .temporary = true });
}

static bool make_admin(struct call *call, const struct words *words)
{
    return alter(call, words, &(struct user_edit){ .role = "admin", .state = "active" });
}

static bool two_factor_off(struct call *call, const struct words *words)
{
    struct user user;

    if (!find(call, words->name, &user) || !user_take_factor(call, user.id))
        return false;

    printf("%s signs in with the password alone now.\n", words->name);
    return true;
}

/* clang-format off */
static const struct deed deeds[] = {
    { "list",           list,           false, false },
    { "add",            add,            true,  true },
    { "unlock",         unlock,         true,  false },
    { "reset-password", reset_password, true,  true },
    { "make-admin",     make_admin,     true,  false },
    { "two-factor-off", two_factor_off, true,  false },
};
/* clang-format on */

static bool read_deed(
    struct call *call, int argc, char **argv, const struct deed **deed, struct words *words)
{
    *deed = NULL;
    for (size_t i = 0; argc > 0 && i < COUNT_OF(deeds); i++)
        if (strcmp(argv[0], deeds[i].name) == 0)
            *deed = &deeds[i];
    if (!*deed)
        return fail(call, FAULT_CONFIG,
            "user list | add NAME [--role ROLE] [--email EMAIL] [--area AREA] | unlock NAME | "
            "reset-password NAME | make-admin NAME | two-factor-off NAME");

    words->name = (*deed)->wants_name && argc > 1 ? argv[1] : NULL;
    return !(*deed)->wants_name || (words->name && words->name[0] != '-')
        || fail(call, FAULT_CONFIG, "user %s wants a name", argv[0]);
}

/* Its own flags; what is left is the options' that every command has. */
static bool read_flags(
    struct call *call, int argc, char **argv, struct words *words, struct config *config)
{
    char **left = NEW_ARRAY(&call->arena, char *, (size_t)argc + 1);
    int count = 0;

    for (int i = 0; i < argc; i++) {
        const char **own = strcmp(argv[i], "--role") == 0 ? &words->role
            : strcmp(argv[i], "--email") == 0             ? &words->email
            : strcmp(argv[i], "--area") == 0              ? &words->area
                                                          : NULL;

        if (own && i + 1 < argc)
            *own = argv[++i];
        else
            left[count++] = argv[i];
    }
    return config_load(call, count, left, config);
}

static bool run(struct call *call, const struct database *database, const struct deed *deed,
    struct words *words)
{
    if (!migrate_check(call, database->owner)
        || (deed->wants_password && !prompt_password(call, words->name, &words->password)))
        return false;

    snprintf(call->request_id, sizeof call->request_id, "tracetrack user");
    call->db = db_open(database->serve, "tracetrack user");

    const bool done =
        db_begin(call) && org_of_host(call, NULL) && deed->run(call, words) && db_commit(call);

    db_close(call->db);
    call->db = NULL;
    return done;
}

bool user_command(struct call *call, int argc, char **argv)
{
    struct config config;
    struct database database = { .cluster = NULL };
    struct words words = { .name = NULL };
    const struct deed *deed;

    if (!read_deed(call, argc, argv, &deed, &words))
        return false;

    const int skip = deed->wants_name ? 2 : 1;
    const bool done = read_flags(call, argc - skip, argv + skip, &words, &config)
        && database_visit(call, &config, &database) && run(call, &database, deed, &words);

    database_close(&database);
    return done;
}
