#include "process/preflight.h"

#include "account/setup.h"
#include "config/tls.h"
#include "process/mail_service.h"
#include "server/server.h"

static bool check_people(struct call *call, struct preflight *preflight)
{
    const char *password = config_text(preflight->config, OPTION_ADMIN_PASSWORD);

    return !password || setup_check_password(call, password);
}

static bool check_mail(struct call *call, struct preflight *preflight)
{
    return mail_service_check(call, preflight->config);
}

static bool check_tls(struct call *call, struct preflight *preflight)
{
    return tls_read(call, preflight->config, &preflight->tls_cert, &preflight->tls_key);
}

static bool check_secret(struct call *call, struct preflight *preflight)
{
    return config_secret(call, preflight->config, &preflight->secret);
}

const struct preflight_check preflight_checks[] = {
    { "administrator", check_people },
    { "mail", check_mail },
    { "TLS", check_tls },
    { "session secret", check_secret },
    { NULL, NULL },
};

bool preflight(struct call *call, struct preflight *preflight)
{
    /* Before the secret, which may have to be made: what can't serve leaves nothing behind. */
    if (!preflight_check_address(call, preflight->config))
        return false;

    for (const struct preflight_check *check = preflight_checks; check->name; check++)
        if (!check->run(call, preflight))
            return false;
    return true;
}

bool preflight_check_address(struct call *call, const struct config *config)
{
    return server_can_listen(
        call, config_text(config, OPTION_LISTEN), config_number(config, OPTION_PORT));
}
