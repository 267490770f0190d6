#include "config/tls.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

/* Chains are a few KiB long. */
#define FILE_MAX (256 * 1024)

static bool read_file(struct call *call, const char *path, const char **text)
{
    FILE *file = fopen(path, "re");
    char *bytes = arena_alloc(&call->arena, FILE_MAX + 1, 1);

    if (!file)
        return fail(call, FAULT_CONFIG, "%s: %s", path, strerror(errno));

    const size_t length = fread(bytes, 1, FILE_MAX + 1, file);

    fclose(file);
    *text = bytes;
    return (length <= FILE_MAX && strlen(bytes) == length)
        || fail(call, FAULT_CONFIG, "%s is no PEM file", path);
}

static void *tls_parse(const char *text, bool is_key)
{
    BIO *bio = BIO_new_mem_buf(text, -1);
    void *parsed = is_key ? (void *)PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)"")
                          : (void *)PEM_read_bio_X509(bio, NULL, NULL, NULL);

    BIO_free(bio);
    return parsed;
}

static bool tls_check(struct call *call, const char *cert_text, const char *key_text)
{
    X509 *cert = tls_parse(cert_text, false);
    EVP_PKEY *key = tls_parse(key_text, true);
    const bool fits = cert && key && X509_check_private_key(cert, key) == 1;

    if (!cert)
        fail(call, FAULT_CONFIG, "tls_cert holds no certificate");
    else if (!key)
        fail(call, FAULT_CONFIG, "tls_key holds no key, or one with a password");
    else if (!fits)
        fail(call, FAULT_CONFIG, "tls_key is not the key of tls_cert");
    X509_free(cert);
    EVP_PKEY_free(key);
    return fits;
}

bool tls_read(struct call *call, const struct config *config, const char **cert, const char **key)
{
    const char *cert_path = config_text(config, OPTION_TLS_CERT);
    const char *key_path = config_text(config, OPTION_TLS_KEY);

    *cert = *key = NULL;
    if (!cert_path && !key_path)
        return true;
    if (!cert_path || !key_path)
        return fail(call, FAULT_CONFIG, "tls_cert and tls_key are only of use together");

    return read_file(call, cert_path, cert) && read_file(call, key_path, key)
        && tls_check(call, *cert, *key);
}
