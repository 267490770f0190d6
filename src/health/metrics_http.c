#include "health/metrics_http.h"

#include <openssl/crypto.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "metric/metric.h"
#include "metric/metric_text.h"

#define BEARER "Bearer "

static const char *metrics_token;

void metrics_start(const char *token)
{
    metrics_token = token;
    metric_name(LABEL_VERSION, 0, TRACETRACK_VERSION);
    metric_set(METRIC_BUILD, 1);
}

static bool has_token(const struct request *request)
{
    const char *sent = request_header(request, "Authorization");

    if (!metrics_token || !sent || strncasecmp(sent, BEARER, strlen(BEARER)) != 0)
        return false;
    sent += strlen(BEARER);
    return strlen(sent) == strlen(metrics_token)
        && CRYPTO_memcmp(sent, metrics_token, strlen(sent)) == 0;
}

static bool metrics_read(struct call *call, const struct request *request, struct batch *batch)
{
    (void)batch;
    return request_is_local(call, request) || has_token(request)
        || fail(call, FAULT_FORBIDDEN, "neither from this machine nor with the token");
}

static bool metrics_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    size_t length = 0;
    const char *text = metric_text(&call->arena, &length);

    (void)batch;
    return reply_text(reply, METRIC_TEXT_TYPE, text, length);
}

const struct batch_route get_metrics = { NULL, metrics_read, metrics_answer, .each = true };
