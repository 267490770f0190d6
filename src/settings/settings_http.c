#include "settings/settings_http.h"

#include "settings/settings.h"

bool get_settings(struct call *call, const struct request *request, struct reply *reply)
{
    struct settings settings;

    (void)request;
    return settings_find(call, &settings)
        && reply_record(call, reply, 200, &settings_shape, &settings);
}

bool put_settings(struct call *call, const struct request *request, struct reply *reply)
{
    struct settings settings;

    return request_json(call, request, &settings_shape, &settings)
        && settings_update(call, &settings)
        && reply_record(call, reply, 200, &settings_shape, &settings);
}
