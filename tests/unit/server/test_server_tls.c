/*
 * HTTPS: the same server behind libmicrohttpd's GnuTLS. Its ways to suspend connections, to send
 * files and to say last words are tried once more, because TLS has buffers of its own.
 */
#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/arena.h"
#include "base/text.h"
#include "test.h"
#include "unit/server/client.h"
#include "unit/server/site.h"

static struct arena arena;
static struct server_settings settings;
static CURL *curl;

struct heard {
    char head[8192], body[400000];
    size_t head_length, length;
    uint64_t body_length; /* of a body that is longer, too */
};

static struct heard heard;

static size_t take_head(char *bytes, size_t size, size_t count, void *unused)
{
    (void)unused;
    if (heard.head_length + size * count < sizeof heard.head) {
        memcpy(heard.head + heard.head_length, bytes, size * count);
        heard.head_length += size * count;
    }
    return size * count;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *unused)
{
    (void)unused;
    heard.body_length += size * count;
    if (heard.length + size * count < sizeof heard.body) {
        memcpy(heard.body + heard.length, bytes, size * count);
        heard.length += size * count;
    }
    return size * count;
}

static const char *pem_text(BIO *bio)
{
    char *bytes;
    const long length = BIO_get_mem_data(bio, &bytes);
    const char *text = arena_bytes(&arena, bytes, (size_t)length);

    BIO_free(bio);
    return text;
}

/* A key, and a certificate for 127.0.0.1 that it has signed itself. */
static void make_certificate(void)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    BIO *cert_out = BIO_new(BIO_s_mem()), *key_out = BIO_new(BIO_s_mem());

    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC,
        (const unsigned char *)"127.0.0.1", -1, -1, 0);
    X509_set_issuer_name(cert, X509_get_subject_name(cert));
    assert_true(X509_sign(cert, key, EVP_sha256()) > 0);
    PEM_write_bio_X509(cert_out, cert);
    PEM_write_bio_PrivateKey(key_out, key, NULL, NULL, 0, NULL, NULL);
    settings.tls_cert = pem_text(cert_out);
    settings.tls_key = pem_text(key_out);
    X509_free(cert);
    EVP_PKEY_free(key);
}

static const char *url(const char *path)
{
    return arena_format(&arena, "https://127.0.0.1:%d%s", server_port(), path);
}

static int begin(void **state)
{
    (void)state;
    curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    return 0;
}

static int end(void **state)
{
    (void)state;
    curl_easy_cleanup(curl);
    return 0;
}

static long perform(const char *path)
{
    long status = 0;

    heard = (struct heard){ .length = 0 };
    curl_easy_setopt(curl, CURLOPT_URL, url(path));

    const CURLcode code = curl_easy_perform(curl);

    if (code != CURLE_OK)
        print_error("%s: %s\n", path, curl_easy_strerror(code));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static long post(const char *path, const char *body, size_t length)
{
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");

    headers = curl_slist_append(headers, "Expect:");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)length);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);

    const long status = perform(path);

    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, NULL);
    curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    curl_slist_free_all(headers);
    return status;
}

static void one_connection_carries_requests_of_all_kinds(void **state)
{
    long connects = 0, all = 0;

    (void)state;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(perform("/health"), 200);
        curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &connects);
        all += connects;
        assert_int_equal(perform("/api/echo/word"), 200);
        assert_non_null(strstr(heard.body, "word"));
        assert_int_equal(post("/api/open", "{\"name\":\"slow\"}", 15), 200);
        assert_non_null(strstr(heard.body, "slow"));
        assert_int_equal(perform("/assets/app-1.js"), 200);
        assert_string_equal(heard.body, "go()");
    }
    assert_int_equal(all, 1);
}

static void big_answers_and_files_arrive_whole(void **state)
{
    (void)state;
    assert_int_equal(perform("/api/big"), 200);

    const uint64_t big = heard.body_length;

    assert_true(big > 65536);
    assert_int_equal(perform("/api/file"), 200);
    assert_true(heard.body_length > 0);
    assert_int_equal(perform("/api/big"), 200);
    assert_int_equal(heard.body_length, big);
}

static void a_large_body_is_taken(void **state)
{
    const size_t length = 4 * 1024 * 1024;
    char *body = arena_alloc(&arena, length, 1);

    (void)state;
    memset(body, 'x', length);
    assert_int_equal(post("/api/uploads", body, length) / 100, 2);
}

static void a_body_that_is_too_large_is_told_so(void **state)
{
    const size_t length = 4 * 1024 * 1024;
    char *body = arena_alloc(&arena, length, 1);

    (void)state;
    memset(body, ' ', length);
    assert_int_equal(post("/api/things", body, length), 413);
    assert_non_null(strstr(heard.body, "/problems/too_large"));
    assert_int_equal(post("/api/open", body, 9000), 413);
    assert_int_equal(perform("/health"), 200);
}

static void cookies_are_for_this_host_and_https_only(void **state)
{
    (void)state;
    assert_int_equal(post("/api/session", "{\"name\":\"ada\"}", 14) / 100, 2);
    assert_non_null(strstr(heard.head,
        "Set-Cookie: __Host-tracetrack_session=ada; Path=/; HttpOnly;"
        " SameSite=Lax; Secure\r\n"));
    curl_easy_setopt(curl, CURLOPT_COOKIE, "tracetrack_session=ada");
    assert_int_equal(perform("/api/me"), 401);
    curl_easy_setopt(curl, CURLOPT_COOKIE, "__Host-tracetrack_session=ada");
    assert_int_equal(perform("/api/me"), 200);
}

static void browsers_are_told_to_come_by_https_only(void **state)
{
    static const char *const paths[] = { "/health", "/api/me", "/api/nothing" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        assert_true(perform(paths[i]) > 0);
        assert_non_null(strstr(
            heard.head, "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"));
    }
}

static void plain_http_gets_no_answer(void **state)
{
    static struct client client;

    (void)state;
    client_open(&client);
    client_say(&client, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_true(client_is_left(&client, 20000));
    assert_null(memmem(client.bytes, client.length, "HTTP/1.1", 8));
    client_close(&client);
}

static void whoever_never_shakes_hands_is_left(void **state)
{
    static struct client client;

    (void)state;
    client_open(&client);
    assert_true(client_is_left(&client, 20000));
    client_close(&client);
}

static void old_tls_is_refused(void **state)
{
    (void)state;
    curl_easy_setopt(curl, CURLOPT_SSLVERSION,
        (long)CURL_SSLVERSION_TLSv1_0 | (long)CURL_SSLVERSION_MAX_TLSv1_1);
    curl_easy_setopt(curl, CURLOPT_URL, url("/health"));
    assert_int_not_equal(curl_easy_perform(curl), CURLE_OK);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION,
        (long)CURL_SSLVERSION_TLSv1_2 | (long)CURL_SSLVERSION_MAX_TLSv1_2);
    assert_int_equal(perform("/health"), 200);
}

static int open_all(void **state)
{
    (void)state;
    settings = site_settings();
    settings.body_seconds = 5;
    settings.production = true;
    make_certificate();
    site_start(&settings);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    site_stop(2);
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_connection_carries_requests_of_all_kinds),
        TEST(big_answers_and_files_arrive_whole),
        TEST(a_large_body_is_taken),
        TEST(a_body_that_is_too_large_is_told_so),
        TEST(cookies_are_for_this_host_and_https_only),
        TEST(browsers_are_told_to_come_by_https_only),
        TEST(plain_http_gets_no_answer),
        TEST(whoever_never_shakes_hands_is_left),
        TEST(old_tls_is_refused),
    };

    curl_global_init(CURL_GLOBAL_DEFAULT);

    const int failed = cmocka_run_group_tests(tests, open_all, close_all);

    curl_global_cleanup();
    arena_free(&arena);
    return failed;
}
