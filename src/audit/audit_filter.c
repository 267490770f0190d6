#include "audit/audit_filter.h"

#include "http/filter.h"

bool audit_filter_read(
    struct call *call, const struct request *request, struct audit_filter *filter)
{
    *filter = (struct audit_filter){ 0 };
    return filter_text(call, request, "user", &filter->user)
        && filter_text(call, request, "action", &filter->action)
        && filter_text(call, request, "entity", &filter->entity)
        && filter_day(call, request, "from", &filter->from)
        && filter_day(call, request, "to", &filter->to);
}
