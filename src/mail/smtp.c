#include <curl/curl.h>
#include <string.h>

#include "base/text.h"
#include "mail/transport.h"

struct reading {
    const char *at;
    size_t left;
};

static size_t read_some(char *bytes, size_t size, size_t count, void *closure)
{
    struct reading *reading = closure;
    const size_t room = size * count;
    const size_t length = reading->left < room ? reading->left : room;

    memcpy(bytes, reading->at, length);
    reading->at += length;
    reading->left -= length;
    return length;
}

/* Mail for this machine crosses no network. */
static bool is_here(const char *url)
{
    static const char *const names[] = { "smtp://127.0.0.1", "smtp://[::1]", "smtp://localhost" };

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *end = url + strlen(names[i]);

        if (text_starts_with(url, names[i]) && (*end == '\0' || *end == ':' || *end == '/'))
            return true;
    }
    return false;
}

static void set_server(CURL *curl, const struct transport *transport)
{
    const bool lax = !transport->smtp_tls || is_here(transport->smtp_url);

    curl_easy_setopt(curl, CURLOPT_URL, transport->smtp_url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(lax ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (transport->smtp_user)
        curl_easy_setopt(curl, CURLOPT_USERNAME, transport->smtp_user);
    if (transport->smtp_password)
        curl_easy_setopt(curl, CURLOPT_PASSWORD, transport->smtp_password);
}

/* A refusal of the 5xx kind is about this mail, unless it is about us (signing in there). */
static enum send_result smtp_judge(CURL *curl, CURLcode code)
{
    long status = 0;

    if (code == CURLE_OK)
        return SEND_OK;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED && status >= 500
            && status < 600
        ? SEND_REFUSED
        : SEND_RETRY;
}

static void smtp_free_list(void *list)
{
    curl_slist_free_all(list);
}

enum send_result smtp_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why)
{
    CURL *curl = transport_curl_handle(call, transport);
    const char *text = letter_text(&call->arena, letter);
    struct reading reading = { text, strlen(text) };
    struct curl_slist *to = curl_slist_append(NULL, letter->to);

    arena_defer(&call->arena, smtp_free_list, to);
    set_server(curl, transport);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, letter->from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_some);
    curl_easy_setopt(curl, CURLOPT_READDATA, &reading);

    const CURLcode code = curl_easy_perform(curl);
    const enum send_result sent = smtp_judge(curl, code);
    long status = 0;

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    *why = arena_format(&call->arena, "%s (SMTP %ld)", curl_easy_strerror(code), status);
    return sent;
}
