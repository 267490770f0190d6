#include "mail/mail.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "db/db.h"
#include "mail/mail.sql.h"

#define ADDRESS_MAX 254
#define LOCAL_MAX 64

static const char *const mail_kind_words[] = {
    NULL,
#define MAIL(kind, name, subject, body) name,
#include "mail/template.def"
#undef MAIL
};

static const char *const mail_state_words[] = {
    NULL,
#define WORD(name, word) word,
#include "mail/mail_state.def"
#undef WORD
};

const struct word_set mail_kind_set = WORD_SET(mail_kind, mail_kind_words);
const struct word_set mail_state_set = WORD_SET(mail_state, mail_state_words);

/* Set before the first thread asks. */
static const char *base, *admin;

void mail_base_url_set(const char *base_url)
{
    base = base_url;
}

void mail_admin_address_set(const char *address)
{
    admin = address;
}

bool mail_is_on(void)
{
    return base != NULL;
}

const char *mail_kind_name(enum mail_kind kind)
{
    return word_set_word(&mail_kind_set, kind);
}

enum mail_kind mail_kind_from_name(const char *name)
{
    return (enum mail_kind)word_set_find(&mail_kind_set, name);
}

/* Runs of allowed characters with single dots between them. */
static bool is_dotted(const char *text, size_t length, const char *also)
{
    bool dot = true;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.' && dot)
            return false;
        dot = text[i] == '.';
        if (!dot && !isalnum((unsigned char)text[i]) && !strchr(also, text[i]))
            return false;
    }
    return !dot;
}

bool mail_address_is_valid(const char *address)
{
    const char *at = strrchr(address, '@');
    const size_t length = strlen(address);

    if (!at || length > ADDRESS_MAX || (size_t)(at - address) > LOCAL_MAX)
        return false;
    return is_dotted(address, (size_t)(at - address), "!#$%&'*+/=?^_`{|}~-")
        && is_dotted(at + 1, strlen(at + 1), "-") && at[1] != '-';
}

static bool insert(
    struct call *call, enum mail_kind kind, const char *to, struct mail_content words)
{
    if (!mail_is_on() || !to || !mail_address_is_valid(to))
        return true;
    return db_run(call,
        MAIL_INSERT(.kind = mail_kind_name(kind), .recipient = to, .subject = words.subject,
            .body = words.body),
        NULL);
}

bool mail_queue(struct call *call, enum mail_kind kind, const char *to,
    const struct mail_field *fields, size_t count)
{
    struct mail_field *all = NEW_ARRAY(&call->arena, struct mail_field, count + 1);

    if (!mail_is_on())
        return true;
    if (count)
        memcpy(all, fields, count * sizeof *all);
    all[count] = (struct mail_field){ "base_url", base };
    return insert(call, kind, to, mail_fill_template(&call->arena, kind, all, count + 1));
}

bool mail_queue_deferred(struct call *call, enum mail_kind kind, const char *to)
{
    return insert(call, kind, to, (struct mail_content){ NULL, NULL });
}

bool mail_queue_alert(struct call *call, const char *title, const char *message)
{
    const struct mail_field fields[] = { { "title", title }, { "message", message } };

    return mail_queue(call, MAIL_ADMIN_ALERT, admin, fields, COUNT_OF(fields));
}
