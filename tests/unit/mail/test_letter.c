/*
 * Letters: what a template, and whatever people have typed, become on the wire.
 */
#include "mail/letter.h"

#include <openssl/evp.h>

#include "base/text.h"
#include "test.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Everything that any template names. */
static const struct mail_field all[] = {
    { "base_url", "https://bags.example" },
    { "username", "asha" },
    { "token", "0123" },
    { "code", "B-1" },
    { "linked", "3" },
    { "capacity", "4" },
    { "weight", "90" },
    { "title", "disk" },
    { "message", "one\ntwo" },
    { "day", "21 November" },
    { "summary", "a\nb" },
    { "figures", "Scans: 3\n" },
    { "bills", "1" },
};

static struct letter letter_with(const char *subject, const char *body)
{
    return (struct letter){ .from = "tt@example.com",
        .to = "asha@example.org",
        .words = { subject, body },
        .base_url = "https://bags.example",
        .id = "1.2.3",
        .date = "Sat, 21 Nov 2026 08:00:00 +0000" };
}

static void every_template_can_be_filled(void **state)
{
    (void)state;
    for (enum mail_kind kind = 1; kind < MAIL_KIND_COUNT; kind++) {
        const struct mail_content words = mail_fill_template(&arena, kind, all, COUNT_OF(all));

        assert_null(strpbrk(words.subject, "{}\n\r"));
        assert_null(strpbrk(words.body, "{}\r"));
        assert_non_null(strstr(words.body, "https://bags.example/"));
        assert_int_equal(mail_kind_from_name(mail_kind_name(kind)), kind);
    }
    assert_int_equal(mail_kind_from_name("spam"), MAIL_KIND_NONE);
}

static void the_link_has_the_base_address_and_the_token(void **state)
{
    const struct mail_content words =
        mail_fill_template(&arena, MAIL_PASSWORD_RESET, all, COUNT_OF(all));

    (void)state;
    assert_non_null(strstr(words.body, "\nhttps://bags.example/reset#token=0123\n"));
}

static void fields_keep_their_line_ends_only_where_the_template_says(void **state)
{
    const struct mail_field fields[] = { { "title", "a\r\nBcc: x@y.example\n\nb\t\x01" },
        { "message", "one\r\ntwo\x1b" }, { "base_url", "" } };
    const struct mail_content words = mail_fill_template(&arena, MAIL_ADMIN_ALERT, fields, 3);

    (void)state;
    assert_string_equal(words.subject, "TraceTrack: a  Bcc: x@y.example  b  ");
    assert_int_equal(strncmp(words.body, "one \ntwo ", 9), 0);
}

static void a_long_subject_is_cut_between_characters(void **state)
{
    char title[601];

    (void)state;
    for (size_t i = 0; i < 600; i += 2)
        memcpy(title + i, "\xc3\xa9", 2);
    title[600] = '\0';

    const struct mail_field fields[] = { { "title", title }, { "message", "" },
        { "base_url", "" } };
    const struct mail_content words = mail_fill_template(&arena, MAIL_ADMIN_ALERT, fields, 3);

    assert_in_range(strlen(words.subject), 190, 200);
    assert_true(text_is_utf8(words.subject, strlen(words.subject)));
}

static void headers_stand_before_the_first_empty_line_and_are_ours(void **state)
{
    static const char *const ours[] = { "Date: ", "From: TraceTrack <tt@example.com>\r\n",
        "To: <asha@example.org>\r\n", "Subject: Hello\r\n", "Message-ID: <1.2.3@example.com>\r\n",
        "Auto-Submitted: auto-generated\r\n", "MIME-Version: 1.0\r\n",
        "Content-Type: multipart/alternative; " };
    const struct letter letter = letter_with("Hello", "a\n.\nBcc: x@y.example\n\n");
    const char *text = letter_text(&arena, &letter);
    const size_t head = (size_t)(strstr(text, "\r\n\r\n") - text);
    size_t lines = 1;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(ours); i++) {
        const char *found = strstr(text, ours[i]);

        assert_non_null(found);
        assert_true((size_t)(found - text) <= head);
    }
    for (size_t i = 0; i < head; i++)
        lines += text[i] == '\n';
    assert_int_equal(lines, COUNT_OF(ours));
    assert_null(strstr(text, "Bcc"));
}

/* No line end without its partner, no line over what mail servers take, no line that is a dot. */
static void every_line_can_be_sent(void **state)
{
    char body[5000];

    (void)state;
    for (size_t i = 0; i < sizeof body; i++)
        body[i] = i % 97 == 0 ? '\n' : i % 2 ? '.' : '\xe9';
    body[sizeof body - 1] = '\0';

    const struct letter letter = letter_with("\xe0\xa4\x86\xe0\xa4\xb6\xe0\xa4\xbe 1 "
                                             "\xe0\xa4\x86\xe0\xa4\xb6\xe0\xa4\xbe 2 "
                                             "\xe0\xa4\x86\xe0\xa4\xb6\xe0\xa4\xbe 3",
        body);

    for (const char *line = letter_text(&arena, &letter); *line;) {
        const size_t length = strcspn(line, "\r\n");

        assert_true(length <= 78);
        assert_int_equal(strncmp(line + length, "\r\n", 2), 0);
        assert_true(length != 1 || line[0] != '.');
        for (size_t i = 0; i < length; i++)
            assert_in_range(line[i], ' ', '~');
        line += length + 2;
    }
}

static void a_subject_of_other_letters_is_encoded(void **state)
{
    const struct letter letter = letter_with("\xe2\x82\xac 5", "x");

    (void)state;
    assert_non_null(strstr(letter_text(&arena, &letter), "\r\nSubject: =?UTF-8?B?4oKsIDU=?=\r\n"));
}

static void html_escapes_and_links_only_to_us(void **state)
{
    const struct letter letter = letter_with("x",
        "<script>alert(\"1\")</script> & more\nhttps://bags.example/reset#token=1\n"
        "https://elsewhere.example/\nhttps://bags.example/ and more\n");
    const char *html = letter_html(&arena, &letter);

    (void)state;
    assert_null(strstr(html, "<script"));
    assert_non_null(
        strstr(html, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more<br>"));
    assert_non_null(strstr(html, "<a href=\"https://bags.example/reset#token=1\">"));
    assert_null(strstr(html, "href=\"https://elsewhere"));
    assert_null(strstr(html, "and more</a>"));
}

static void addresses_are_plain_ones(void **state)
{
    static const char *const good[] = { "a@b", "asha.k+bags@mail.example.com",
        "x_1%y@sub-domain.example" };
    static const char *const bad[] = { "", "@", "a@", "@b", "a b@c", "a@b c", "a@b\r\nBcc: c@d",
        "a\n@b", "<a@b>", "a@b,c@d", "\"a\"@b", "a..b@c", ".a@b", "a.@b", "a@b..c", "a@.b", "a@b.",
        "a@-b", "\xc3\xa9@b", "a@b\xc3\xa9", "a(b)@c", "a@[127.0.0.1]" };
    char longest[260];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(mail_address_is_valid(good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(mail_address_is_valid(bad[i]));
    memset(longest, 'a', sizeof longest);
    longest[10] = '@';
    longest[254] = '\0';
    assert_true(mail_address_is_valid(longest));
    longest[254] = 'a';
    longest[255] = '\0';
    assert_false(mail_address_is_valid(longest));
}

static void dates_are_as_mail_has_them(void **state)
{
    (void)state;
    assert_string_equal(letter_date(&arena, 1795248000), "Sat, 21 Nov 2026 08:00:00 +0000");
}

#define TEST(test) cmocka_unit_test_teardown(test, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_template_can_be_filled),
        TEST(the_link_has_the_base_address_and_the_token),
        TEST(fields_keep_their_line_ends_only_where_the_template_says),
        TEST(a_long_subject_is_cut_between_characters),
        TEST(headers_stand_before_the_first_empty_line_and_are_ours),
        TEST(every_line_can_be_sent),
        TEST(a_subject_of_other_letters_is_encoded),
        TEST(html_escapes_and_links_only_to_us),
        TEST(addresses_are_plain_ones),
        TEST(dates_are_as_mail_has_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
