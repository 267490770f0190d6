#include <stdio.h>
#include <string.h>

#include "area/area.h"
#include "auth/org.h"
#include "auth/password_rule.h"
#include "base/text.h"
#include "cluster/migrate.h"
#include "cmd/cmd.h"
#include "cmd/prompt.h"
#include "db/db.h"
#include "process/database.h"
#include "user/user.h"
#include "user/user_change.h"

#define USER_COMMAND_PAGE 200

/* What stands behind `user`. The password is asked for before the database is kept waiting. */
struct user_command_words {
    const char *name, *role, *email, *area;
    const char *password;
};

struct user_action {
    struct command_action is; /* its argument is the person's name, or "" */
    bool (*run)(struct call *call, const struct user_command_words *words);
    bool wants_password;
};

static bool print_page(struct call *call, const char **after)
{
    const struct user_filter filter = { .after = *after, .span.count = USER_COMMAND_PAGE };
    struct list users;

    if (!user_list(call, &filter, &users))
        return false;

    const struct user *user = users.items;

    for (size_t i = 0; i < users.count; i++, user++)
        printf("%-24s %-11s %-8s %-20s %-6s %s\n", user->username, role_name(user->role),
            user_state_name(user->state), user->area ? user->area : "",
            user->locked_until ? "locked" : "", user->email ? user->email : "");
    *after = users.count == USER_COMMAND_PAGE ? user[-1].key : NULL;
    return true;
}

static bool list(struct call *call, const struct user_command_words *words)
{
    const char *after = NULL;

    (void)words;
    do {
        if (!print_page(call, &after))
            return false;
    } while (after);
    return true;
}

static bool user_command_add(struct call *call, const struct user_command_words *words)
{
    struct user_draft user = { .username = words->name,
        .password = words->password,
        .email = words->email,
        .role = role_from_name(words->role ? words->role : "dispatcher"),
        .active = true,
        .temporary = true };
    int64_t id;

    if (user.role == ROLE_NONE)
        return fail_field(
            call, "role", NOT_CHOICE, .choices = word_set_choices(&call->arena, &role_set));

    return area_for_new_user(call, user.role, words->area, &user.area_id)
        && password_rule_check(call, "password", words->name, words->password)
        && user_create(call, HASH_SLOT_WAIT, &user, &id);
}

static bool user_command_find(struct call *call, const char *name, struct user *user)
{
    if (user_find_by_name(call, name, user))
        return true;
    if (call->fault.code != FAULT_NOT_FOUND)
        return false;
    return fail(call, FAULT_NOT_FOUND, "there is no user %s", name);
}

static bool alter(
    struct call *call, const struct user_command_words *words, const struct user_edit *edit)
{
    struct user user;

    return user_command_find(call, words->name, &user) && user_update(call, user.id, edit, &user);
}

static bool unlock(struct call *call, const struct user_command_words *words)
{
    struct user user;

    return user_command_find(call, words->name, &user) && user_unlock(call, user.id, &user);
}

static bool reset_password(struct call *call, const struct user_command_words *words)
{
    return alter(
        call, words, &(struct user_edit){ .password = words->password, .temporary = true });
}

static bool user_command_make_admin(struct call *call, const struct user_command_words *words)
{
    return alter(
        call, words, &(struct user_edit){ .role = ROLE_ADMIN, .state = USER_STATE_ACTIVE });
}

static bool two_factor_off(struct call *call, const struct user_command_words *words)
{
    struct user user;

    if (!user_command_find(call, words->name, &user) || !user_remove_two_factor(call, user.id))
        return false;

    printf("%s signs in with the password alone now.\n", words->name);
    return true;
}

/* clang-format off */
static const struct user_action actions[] = {
    { { "list",           "",     "everybody: name, role, state, area, locks, e-mail address" }, list, false },
    { { "add",            "NAME", "make an account; its password is asked for, or read" },       user_command_add, true },
    { { "unlock",         "NAME", "end a lock, by wrong passwords or by an administrator" },      unlock, false },
    { { "reset-password", "NAME", "give another password, which is good for one sign-in" },       reset_password, true },
    { { "make-admin",     "NAME", "give the role of an administrator, and unlock" },              user_command_make_admin, false },
    { { "two-factor-off", "NAME", "let somebody sign in who has lost the second factor" },        two_factor_off, false },
};
/* clang-format on */

const struct command_action *user_command_action(size_t i)
{
    return i < COUNT_OF(actions) ? &actions[i].is : NULL;
}

enum user_flag { USER_ROLE, USER_EMAIL, USER_AREA, USER_FLAGS };

const struct flag user_flags[] = {
    [USER_ROLE] = { "--role", "ROLE", "of `add`: admin, biller or dispatcher (dispatcher)" },
    [USER_EMAIL] = { "--email", "EMAIL", "of `add`" },
    [USER_AREA] = { "--area", "AREA", "of `add`: the area of a dispatcher" },
    [USER_FLAGS] = { NULL, NULL, NULL },
};

static bool read_action(struct call *call, int argc, char **argv, const struct user_action **action,
    struct user_command_words *words)
{
    *action = NULL;
    for (size_t i = 0; argc > 0 && i < COUNT_OF(actions); i++)
        if (strcmp(argv[0], actions[i].is.name) == 0)
            *action = &actions[i];
    if (!*action)
        return fail(call, FAULT_CONFIG, "user wants an action; see tracetrack help user");

    const bool wants_name = *(*action)->is.arguments;

    words->name = wants_name && argc > 1 ? text_trim(&call->arena, argv[1]) : NULL;
    return !wants_name || (words->name && words->name[0] != '-')
        || fail(call, FAULT_CONFIG, "user %s wants a name", argv[0]);
}

/* Its own flags; what is left is the options' that every command has. */
static bool user_command_read_flags(struct call *call, int argc, char **argv,
    struct user_command_words *words, struct config *config)
{
    struct arguments arguments = { argc, argv };
    const char *values[USER_FLAGS];

    if (!flags_take(call, user_flags, &arguments, values))
        return false;

    words->role = values[USER_ROLE];
    words->email = values[USER_EMAIL];
    words->area = values[USER_AREA];
    return config_load(call, arguments.count, arguments.items, config);
}

static bool user_command_run(struct call *call, const struct database *database,
    const struct user_action *action, struct user_command_words *words)
{
    if (!migrate_check(call, database->owner)
        || (action->wants_password && !prompt_password(call, words->name, &words->password)))
        return false;

    snprintf(call->request_id, sizeof call->request_id, "tracetrack user");
    call->db = db_open(database->serve, "tracetrack user");

    const bool done = db_begin(call) && org_find_by_host(call, NULL) && action->run(call, words)
        && db_commit(call);

    db_close(call->db);
    call->db = NULL;
    return done;
}

bool user_command(struct call *call, int argc, char **argv)
{
    struct config config;
    struct database database = { .cluster = NULL };
    struct user_command_words words = { .name = NULL };
    const struct user_action *action;

    if (!read_action(call, argc, argv, &action, &words))
        return false;

    const int skip = words.name ? 2 : 1;
    const bool done = user_command_read_flags(call, argc - skip, argv + skip, &words, &config)
        && database_start_or_join(call, &config, &database)
        && user_command_run(call, &database, action, &words);

    database_stop(&database);
    return done;
}
