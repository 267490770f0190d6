#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "mail/transport.h"

static void put_address(struct json *json, const char *key, const char *address)
{
    json_key(json, key);
    json_open(json, '{');
    json_put_text(json, "email", address);
    json_close(json, '}');
}

static void put_content(struct json *json, const char *type, const char *value)
{
    json_open(json, '{');
    json_put_text(json, "type", type);
    json_put_text(json, "value", value);
    json_close(json, '}');
}

/* Counted clicks would lead links, and the tokens in them, through somebody else's server. */
static void put_no_tracking(struct json *json)
{
    json_key(json, "tracking_settings");
    json_open(json, '{');
    json_key(json, "click_tracking");
    json_open(json, '{');
    json_put_bool(json, "enable", false);
    json_put_bool(json, "enable_text", false);
    json_close(json, '}');
    json_key(json, "open_tracking");
    json_open(json, '{');
    json_put_bool(json, "enable", false);
    json_close(json, '}');
    json_close(json, '}');
}

static const char *message(struct arena *arena, const struct letter *letter)
{
    struct json json = json_new(arena);

    json_open(&json, '{');
    json_key(&json, "personalizations");
    json_open(&json, '[');
    json_open(&json, '{');
    json_key(&json, "to");
    json_open(&json, '[');
    json_open(&json, '{');
    json_put_text(&json, "email", letter->to);
    json_close(&json, '}');
    json_close(&json, ']');
    json_close(&json, '}');
    json_close(&json, ']');
    put_address(&json, "from", letter->from);
    json_put_text(&json, "subject", letter->words.subject);
    json_key(&json, "content");
    json_open(&json, '[');
    put_content(&json, "text/plain", letter->words.body);
    put_content(&json, "text/html", letter_html(arena, letter));
    json_close(&json, ']');
    put_no_tracking(&json);
    json_close(&json, '}');
    return json.text;
}

/* Its words are not needed, and would go to standard output. */
static size_t sendgrid_drop(char *bytes, size_t size, size_t count, void *closure)
{
    (void)bytes;
    (void)closure;
    return size * count;
}

static void sendgrid_free_list(void *list)
{
    curl_slist_free_all(list);
}

static struct curl_slist *headers(struct call *call, const char *key)
{
    char *secret = arena_format(&call->arena, "Authorization: Bearer %s", key);
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json");

    list = curl_slist_append(list, secret);
    if (!list)
        abort();
    arena_defer(&call->arena, sendgrid_free_list, list);
    explicit_bzero(secret, strlen(secret));
    return list;
}

/* 401 and 403 are about the key, 429 and 5xx about now: none of them is about this mail. */
static enum send_result sendgrid_judge(CURLcode code, long status)
{
    if (code == CURLE_OK && status >= 200 && status < 300)
        return SEND_OK;
    return code == CURLE_OK && (status == 400 || status == 413) ? SEND_REFUSED : SEND_RETRY;
}

enum send_result sendgrid_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why)
{
    CURL *curl = transport_curl_handle(call, transport);
    const char *body = message(&call->arena, letter);
    long status = 0;

    curl_easy_setopt(curl, CURLOPT_URL, transport->sendgrid_url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers(call, transport->sendgrid_key));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, sendgrid_drop);

    const CURLcode code = curl_easy_perform(curl);

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    *why = arena_format(&call->arena, "%s (HTTP %ld)", curl_easy_strerror(code), status);
    return sendgrid_judge(code, status);
}
