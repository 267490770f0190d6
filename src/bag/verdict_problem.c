#include "bag/verdict_problem.h"

struct json verdict_problem_open(struct call *call, enum verdict verdict, struct words said)
{
    return problem_open(call,
        &(struct problem){ .slug = verdict_name(verdict),
            .title = verdict_words(verdict),
            .status = verdict_http_status(verdict),
            .words = said.reason ? said : (struct words){ .reason = verdict_reason(verdict) } });
}
