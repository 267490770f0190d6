#include "jobs/jobs_http.h"

#include "jobs/job.h"

bool post_job_run(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && job_run_again(call, id) && reply_empty(reply);
}
