#include "cmd/word_sets.h"

#include "audit/audit.h"
#include "auth/permission.h"
#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "base/call.h"
#include "bill/bill.h"
#include "health/level.h"
#include "import/import.h"
#include "jobs/job.h"
#include "label/label_file.h"
#include "label/label_paper.h"
#include "mail/mail.h"
#include "returns/ticket.h"
#include "user/promotion.h"
#include "user/user_state.h"

const struct word_set *const word_sets[] = {
    &role_set,
    &user_state_set,
    &promotion_state_set,
    &bag_kind_set,
    &bag_status_set,
    &bill_status_set,
    &scan_kind_set,
    &verdict_set,
    &ticket_status_set,
    &ticket_stay_set,
    &import_kind_set,
    &import_status_set,
    &import_outcome_set,
    &job_kind_set,
    &job_state_set,
    &health_level_set,
    &label_paper_set,
    &label_format_set,
    &mail_kind_set,
    &mail_state_set,
    &audit_action_set,
    &fault_set,
    &reason_set,
    &notice_kind_set,
    NULL,
};
