#include "process/mail_service.h"

#include <curl/curl.h>
#include <string.h>

#include "account/password_reset.h"
#include "base/log.h"
#include "base/text.h"
#include "mail/mail_sender.h"

static atomic_bool stopping;
static struct mail_sender_settings mail_service_settings;

static bool mail_service_compose(struct call *call, enum mail_kind kind, const char *recipient,
    int64_t age_seconds, struct mail_content *words, bool *wanted)
{
    *wanted = false;
    if (kind != MAIL_PASSWORD_RESET)
        return fail(call, FAULT_INTERNAL, "a mail of another kind without words");
    return password_reset_compose(
        call, recipient, age_seconds, mail_service_settings.base_url, words, wanted);
}

static bool mail_service_wrong_option(
    struct call *call, const struct config *config, enum option_id id, const char *why)
{
    return fail(call, FAULT_CONFIG, "%s: %s %s", config->values[id].origin, options[id].name, why);
}

static bool is_url(const char *url, const char *one, const char *other)
{
    if (!text_starts_with(url, one) && !text_starts_with(url, other))
        return false;
    for (const char *at = url; *at; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    return true;
}

bool mail_service_check(struct call *call, const struct config *config)
{
    const char *base_url = config_text(config, OPTION_BASE_URL);
    const char *smtp_url = config_text(config, OPTION_SMTP_URL);
    const char *from = config_text(config, OPTION_FROM_EMAIL);
    const char *admin = config_text(config, OPTION_ADMIN_EMAIL);

    if (base_url && (!is_url(base_url, "https://", "http://") || strpbrk(base_url, "?#\"<>{}")))
        return mail_service_wrong_option(
            call, config, OPTION_BASE_URL, "must begin with https:// or http://");
    if (smtp_url && !is_url(smtp_url, "smtps://", "smtp://"))
        return mail_service_wrong_option(
            call, config, OPTION_SMTP_URL, "must begin with smtp:// or smtps://");
    if (admin && !mail_address_is_valid(admin))
        return mail_service_wrong_option(call, config, OPTION_ADMIN_EMAIL, "is no e-mail address");
    return !from || mail_address_is_valid(from)
        || mail_service_wrong_option(call, config, OPTION_FROM_EMAIL, "is no e-mail address");
}

/* What is missing for sending mail; NULL when nothing is. */
static const char *missing_option(const struct config *config)
{
    if (!config_text(config, OPTION_SENDGRID_API_KEY) && !config_text(config, OPTION_SMTP_URL))
        return "neither smtp_url nor SENDGRID_API_KEY is set";
    if (!config_text(config, OPTION_FROM_EMAIL))
        return "from_email is not set";
    return config_text(config, OPTION_BASE_URL) ? NULL : "base_url is not set";
}

/* Without the '/' at its end: the templates have one. */
static const char *base_of(struct call *call, const struct config *config)
{
    const char *url = config_text(config, OPTION_BASE_URL);
    size_t length = strlen(url);

    while (length && url[length - 1] == '/')
        length--;
    return arena_bytes(&call->arena, url, length);
}

static void mail_service_set(struct call *call, const struct config *config)
{
    const char *key = config_text(config, OPTION_SENDGRID_API_KEY);

    atomic_store(&stopping, false);
    mail_service_settings = (struct mail_sender_settings){
        .base_url = base_of(call, config),
        .from = config_text(config, OPTION_FROM_EMAIL),
        .compose = mail_service_compose,
        .transport = {
            .smtp_url = key ? NULL : config_text(config, OPTION_SMTP_URL),
            .smtp_user = config_text(config, OPTION_SMTP_USER),
            .smtp_password = config_text(config, OPTION_SMTP_PASSWORD),
            .smtp_tls = config_is_on(config, OPTION_SMTP_TLS),
            .sendgrid_key = key,
            .sendgrid_url = config_text(config, OPTION_SENDGRID_URL),
            .stopping = &stopping,
        },
    };
}

bool mail_service_start(struct call *call, struct server_process *process)
{
    const struct config *config = &process->config;
    const char *lacking = missing_option(config);

    mail_base_url_set(NULL);
    if (lacking) {
        log_line(LOG_INFO, "mail_off", "%s", lacking);
        return true;
    }

    /* Before there are threads. */
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return fail(call, FAULT_CONFIG, "libcurl does not start");
    mail_service_set(call, config);
    mail_base_url_set(mail_service_settings.base_url);
    mail_admin_address_set(config_text(config, OPTION_ADMIN_EMAIL));
    mail_sender_start(process->database.serve, &mail_service_settings);
    return true;
}

void mail_service_stop(struct server_process *process)
{
    (void)process;
    mail_sender_stop();
    if (mail_is_on())
        curl_global_cleanup();
    mail_base_url_set(NULL);
}
