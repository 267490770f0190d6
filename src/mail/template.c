#include <assert.h>
#include <string.h>

#include "mail/mail.h"

#define SUBJECT_MAX 200

static const struct mail_content templates[MAIL_KIND_COUNT] = {
#define MAIL(kind, name, subject, body) [kind] = { subject, body },
#include "mail/template.def"
#undef MAIL
};

struct buffer {
    char *text, *end;
};

static const char *value_of(
    const struct mail_field *fields, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(fields[i].name) == length && memcmp(fields[i].name, name, length) == 0)
            return fields[i].value ? fields[i].value : "";
    assert(0 && "a field of the template is missing");
    return "";
}

static size_t room_for(const char *template, const struct mail_field *fields, size_t count)
{
    size_t each = 1;

    for (size_t i = 0; i < count; i++)
        each += fields[i].value ? strlen(fields[i].value) : 0;

    /* However often the template names them all. */
    size_t uses = 1;

    for (const char *at = template; *at; at++)
        uses += *at == '{';
    return strlen(template) + uses * each + 1;
}

/* Control characters are dropped; line ends are kept only if the template says so. */
static void put_value(struct buffer *out, const char *value, bool keeps_lines)
{
    for (; *value; value++) {
        const bool control = (unsigned char)*value < ' ' || *value == 0x7f;

        *out->end++ = control && !(keeps_lines && *value == '\n') ? ' ' : *value;
    }
}

/* The field at a '{'; returns what follows its '}'. */
static const char *template_put_field(
    struct buffer *out, const char *at, const struct mail_field *fields, size_t count)
{
    const bool keeps_lines = at[1] == '*';
    const char *name = at + 1 + keeps_lines;
    const char *end = strchr(name, '}');

    assert(end);
    put_value(out, value_of(fields, count, name, (size_t)(end - name)), keeps_lines);
    return end + 1;
}

static const char *template_fill(
    struct arena *arena, const char *template, const struct mail_field *fields, size_t count)
{
    struct buffer out = { .text = arena_alloc(arena, room_for(template, fields, count), 1) };

    out.end = out.text;
    while (*template)
        if (*template == '{')
            template = template_put_field(&out, template, fields, count);
        else
            *out.end++ = *template ++;
    return out.text;
}

/* Not in the middle of a character. */
static void template_cut(char *text, size_t most)
{
    if (strlen(text) <= most)
        return;
    while (most && (text[most] & 0xc0) == 0x80)
        most--;
    text[most] = '\0';
}

struct mail_content mail_fill_template(
    struct arena *arena, enum mail_kind kind, const struct mail_field *fields, size_t count)
{
    assert(kind > MAIL_KIND_NONE && kind < MAIL_KIND_COUNT);

    char *subject = arena_text(arena, template_fill(arena, templates[kind].subject, fields, count));

    template_cut(subject, SUBJECT_MAX);
    return (
        struct mail_content){ subject, template_fill(arena, templates[kind].body, fields, count) };
}
