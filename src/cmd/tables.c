#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "auth/permission.h"
#include "base/json.h"
#include "base/words.h"
#include "cmd/cmd.h"
#include "cmd/word_sets.h"
#include "http/route.h"
#include "metric/metric_text.h"

static const char tables_head[] =
    "/** Tables of the server, written by `make docs` from its own: change those. */\n";

/* `name` as one word in TypeScript: bag_status is bagStatus, or BagStatus as a type. */
static void tables_print_name(const char *name, bool is_type)
{
    bool upper = is_type;

    for (; *name; name++) {
        if (*name != '_')
            putchar(upper ? toupper((unsigned char)*name) : *name);
        upper = *name == '_';
    }
}

static const char *tables_plural(const char *name)
{
    return name[strlen(name) - 1] == 's' ? "es" : "s";
}

/* export const roles = ['admin', ...] as const, and its type. */
static void tables_print_set(const struct word_set *set)
{
    const char *plural = tables_plural(set->name);

    printf("\nexport const ");
    tables_print_name(set->name, false);
    printf("%s = [\n", plural);
    for (size_t i = 1; i < set->count; i++)
        printf("  '%s',\n", set->words[i]);
    printf("] as const;\nexport type ");
    tables_print_name(set->name, true);
    printf(" = (typeof ");
    tables_print_name(set->name, false);
    printf("%s)[number];\n", plural);
}

static void tables_print_permissions(void)
{
    printf("\n/** Who may do what. */\nexport const permissions = {\n");
    for (enum permission may = ANYONE + 1; may < MAY_COUNT; may++) {
        const char *between = "";

        printf("  %s: [", permission_name(may));
        for (enum role role = ROLE_NONE + 1; role < ROLE_COUNT; role++)
            if (role_may(role, may)) {
                printf("%s'%s'", between, role_name(role));
                between = ", ";
            }
        printf("],\n");
    }
    printf("} as const satisfies Record<string, readonly UserRole[]>;\n"
           "export type Permission = keyof typeof permissions;\n");
}

/* `/api/bag/${string}/history` of "/api/bag/{qr}/history". */
static void tables_print_path(const char *path)
{
    printf("\n    | `");
    for (; *path; path++) {
        if (*path != '{') {
            putchar(*path);
            continue;
        }
        printf("${string}");
        path += strcspn(path, "}");
    }
    putchar('`');
}

static void tables_print_paths(void)
{
    printf("\n/** What can be asked, by method. */\nexport interface Paths {\n");
    for (enum method method = GET; method <= DELETE_; method++) {
        printf("  %s:", method_name(method));
        for (int i = 0; i < routes_count; i++)
            if (routes[i].method == method)
                tables_print_path(routes[i].path);
        printf(";\n");
    }
    printf("}\n");
}

static void tables_print_params(const struct words_row *row)
{
    printf("  %s: {", row->key);
    for (const struct words_param *param = row->params; param->name; param++)
        printf("%s %s: %s", param == row->params ? "" : ";", param->name,
            param->is_count ? "number" : "string");
    printf(row->params->name ? " };\n" : "};\n");
}

static void tables_print_all_params(void)
{
    printf("\n/** What a reason is told with. */\nexport interface ReasonParams {\n");
    for (enum reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        tables_print_params(words_reason(reason));
    printf("}\n\n/** What a notification is told with. */\nexport interface NoticeParams {\n");
    for (enum notice_kind kind = NOTICE_NONE + 1; kind < NOTICE_COUNT; kind++)
        tables_print_params(words_notice(kind));
    printf("}\n");
}

static void tables_print_ts(void)
{
    printf("%s", tables_head);
    for (size_t i = 0; word_sets[i]; i++)
        tables_print_set(word_sets[i]);
    tables_print_permissions();
    tables_print_paths();
    tables_print_all_params();
}

static const char *tables_reason_text(int reason, const char **key)
{
    *key = words_reason((enum reason)reason)->key;
    return words_reason((enum reason)reason)->english;
}

static const char *tables_notice_title(int kind, const char **key)
{
    *key = words_notice((enum notice_kind)kind)->key;
    return words_notice((enum notice_kind)kind)->title;
}

static const char *tables_notice_message(int kind, const char **key)
{
    *key = words_notice((enum notice_kind)kind)->key;
    return words_notice((enum notice_kind)kind)->english;
}

/* An object of the texts 1 to count - 1 by their keys. A text is quoted as in JSON. */
static void tables_print_texts(
    struct arena *arena, const char *name, int count, const char *text_of(int i, const char **key))
{
    printf("\nexport const %s = {\n", name);
    for (int i = 1; i < count; i++) {
        struct json text = json_new(arena);
        const char *key = NULL;

        json_text(&text, text_of(i, &key));
        printf("  %s: %s,\n", key, text.text);
    }
    printf("};\n");
}

/* The English of all that is said by key, for the screens. */
static void tables_print_english(struct arena *arena)
{
    printf("%s", tables_head);
    tables_print_texts(arena, "reasons", REASON_COUNT, tables_reason_text);
    tables_print_texts(arena, "noticeTitles", NOTICE_COUNT, tables_notice_title);
    tables_print_texts(arena, "noticeMessages", NOTICE_COUNT, tables_notice_message);
}

enum tables_flag { TABLES_TS, TABLES_ENGLISH, TABLES_METRICS, TABLES_FLAGS };

const struct flag tables_flags[] = {
    [TABLES_TS] = { "--ts", NULL, "print web/src/api/tables.ts" },
    [TABLES_ENGLISH] = { "--english", NULL, "print web/src/words/english.ts" },
    [TABLES_METRICS] = { "--metrics", NULL, "print docs/METRICS.md" },
    [TABLES_FLAGS] = { NULL, NULL, NULL },
};

bool tables_command(struct call *call, int argc, char **argv)
{
    struct arguments arguments = { argc, argv };
    const char *values[TABLES_FLAGS];

    if (!flags_take(call, tables_flags, &arguments, values) || !flags_check_end(call, &arguments))
        return false;

    if (values[TABLES_METRICS])
        metric_print_markdown(stdout);
    else if (values[TABLES_ENGLISH])
        tables_print_english(&call->arena);
    else
        tables_print_ts();
    return true;
}
