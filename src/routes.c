#include "http/route.h"

#include "account/password_reset_http.h"
#include "account/profile_http.h"
#include "account/registration_http.h"
#include "account/session_http.h"
#include "account/setup_http.h"
#include "account/two_factor_http.h"
#include "area/area_http.h"
#include "audit/audit_http.h"
#include "bag/bag_list.h"
#include "bag/lookup.h"
#include "bag/scan_list.h"
#include "bill/bill.h"
#include "bill/bill_bag.h"
#include "bill/bill_http.h"
#include "eod/eod_http.h"
#include "export/export_http.h"
#include "family/family_http.h"
#include "health/health_http.h"
#include "health/metrics_http.h"
#include "import/import.h"
#include "import/import_http.h"
#include "jobs/job.h"
#include "jobs/jobs_http.h"
#include "label/label.h"
#include "label/label_http.h"
#include "list/list_http.h"
#include "notice/notice.h"
#include "notice/notice_http.h"
#include "packing/link_http.h"
#include "packing/packing_http.h"
#include "returns/returns_http.h"
#include "returns/ticket.h"
#include "search/search_http.h"
#include "settings/settings_http.h"
#include "stats/day_lists.h"
#include "stats/stats.h"
#include "stats/stats_http.h"
#include "user/promotion.h"
#include "user/promotion_http.h"
#include "user/user_http.h"
#include "user/user_list.h"

/* clang-format off */
const struct route routes[] = {
    /* method  path                                  how it runs                    who may          how often     body */
    { GET,     "/health",                            BATCH(get_liveness),            ANYONE,          RATE_NONE,    0         },
    { GET,     "/api/health",                        CALL(get_readiness),           ANYONE,          RATE_NONE,    0         },
    { GET,     "/metrics",                           BATCH(get_metrics),             ANYONE,          RATE_NONE,    0         },

    { GET,     "/api/setup",                         CALL(get_setup),               ANYONE,          RATE_READ,    0         },
    { POST,    "/api/setup",                         CALL(post_setup),              ANYONE,          RATE_SIGN_IN, 4 * KIB   },
    { POST,    "/api/session",                       BATCH(post_session),            ANYONE,          RATE_SIGN_IN, 4 * KIB   },
    { GET,     "/api/session",                       CALL(get_session),             MAY_ENROL,       RATE_WATCH,   0         },
    { DELETE_, "/api/session",                       CALL(delete_session),          MAY_ENROL,       RATE_WRITE,   0         },
    { GET,     "/api/sessions",                      CALL(get_sessions),            MAY_SELF,        RATE_READ,    0         },
    { DELETE_, "/api/sessions",                      CALL(delete_other_sessions),   MAY_SELF,        RATE_WRITE,   0         },
    { DELETE_, "/api/sessions/{id}",                 CALL(delete_session_by_id),    MAY_SELF,        RATE_WRITE,   0         },

    { GET,     "/api/features",                      CALL(get_features),            ANYONE,          RATE_READ,    0         },
    { POST,    "/api/password/forgotten",            CALL(post_password_forgotten), ANYONE,          RATE_SIGN_IN, 4 * KIB   },
    { POST,    "/api/password/reset",                CALL(post_password_reset),     ANYONE,          RATE_SIGN_IN, 4 * KIB   },
    { GET,     "/api/profile/2fa",                   CALL(get_two_factor),          MAY_ENROL,       RATE_READ,    0         },
    { POST,    "/api/profile/2fa",                   CALL(post_two_factor),         MAY_ENROL,       RATE_WRITE,   0         },
    { POST,    "/api/profile/2fa/confirm",           CALL(post_two_factor_confirm), MAY_ENROL,       RATE_WRITE,   4 * KIB   },
    { DELETE_, "/api/profile/2fa",                   CALL(delete_two_factor),       MAY_ENROL,       RATE_WRITE,   4 * KIB   },
    { GET,     "/api/registrations",                 CALL(get_registrations),       ANYONE,          RATE_READ,    0         },
    { POST,    "/api/registrations",                 CALL(post_registration),       ANYONE,          RATE_SIGN_IN, 4 * KIB   },
    { GET,     "/api/profile",                       CALL(get_profile),             MAY_SELF,        RATE_READ,    0         },
    { PUT,     "/api/profile",                       CALL(put_profile),             MAY_SELF,        RATE_WRITE,   4 * KIB   },
    { PUT,     "/api/profile/password",              CALL(put_profile_password),    MAY_ENROL,       RATE_SIGN_IN, 4 * KIB   },
    { GET,     "/api/notifications",                 LIST(notice_listing),          MAY_SELF,        RATE_WATCH,   0         },
    { POST,    "/api/notifications/read-all",        CALL(post_notices_read_all),   MAY_SELF,        RATE_WRITE,   0         },
    { POST,    "/api/notifications/{id}/read",       CALL(post_notice_read),        MAY_SELF,        RATE_WRITE,   0         },
    { DELETE_, "/api/notifications/{id}",            CALL(delete_notice),           MAY_SELF,        RATE_WRITE,   0         },
    { GET,     "/api/promotions",                    LIST(promotion_listing),       MAY_SELF,        RATE_READ,    0         },
    { POST,    "/api/promotions",                    CALL(post_promotion),          MAY_ASK,         RATE_WRITE,   4 * KIB   },
    { POST,    "/api/promotions/{id}/decision",      CALL(post_promotion_decision), MAY_ADMIN,       RATE_WRITE,   4 * KIB   },

    { GET,     "/api/users",                         LIST(user_listing),            MAY_ADMIN,       RATE_READ,    0         },
    { POST,    "/api/users",                         CALL(post_user),               MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { GET,     "/api/users/{id}",                    CALL(get_user),                MAY_ADMIN,       RATE_READ,    0         },
    { PATCH,   "/api/users/{id}",                    CALL(patch_user),              MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { DELETE_, "/api/users/{id}",                    CALL(delete_user),             MAY_ADMIN,       RATE_WRITE,   0         },
    { POST,    "/api/users/{id}/approve",            CALL(post_user_approve),       MAY_ADMIN,       RATE_WRITE,   0         },
    { POST,    "/api/users/{id}/unlock",             CALL(post_user_unlock),        MAY_ADMIN,       RATE_WRITE,   0         },
    { POST,    "/api/users/{id}/sign-out",           CALL(post_user_sign_out),      MAY_ADMIN,       RATE_WRITE,   0         },
    { DELETE_, "/api/users/{id}/2fa",                CALL(delete_user_two_factor),  MAY_ADMIN,       RATE_WRITE,   0         },
    { GET,     "/api/users/{id}/activity",           CALL(get_user_activity),       MAY_ADMIN,       RATE_READ,    0         },

    { GET,     "/api/areas",                         CALL(get_areas),               MAY_LOOK,        RATE_READ,    0         },
    { POST,    "/api/areas",                         CALL(post_area),               MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { PATCH,   "/api/areas/{id}",                    CALL(patch_area),              MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { DELETE_, "/api/areas/{id}",                    CALL(delete_area),             MAY_ADMIN,       RATE_WRITE,   0         },
    { GET,     "/api/families",                      CALL(get_families),            MAY_LOOK,        RATE_READ,    0         },
    { POST,    "/api/families",                      CALL(post_family),             MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { PATCH,   "/api/families/{id}",                 CALL(patch_family),            MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { DELETE_, "/api/families/{id}",                 CALL(delete_family),           MAY_ADMIN,       RATE_WRITE,   0         },

    { POST,    "/api/scans",                         BATCH(post_scan),               MAY_SCAN,        RATE_SCAN,    8 * KIB   },
    { POST,    "/api/scans/batch",                   BATCH(post_scan_batch),         MAY_SCAN,        RATE_SCAN,    512 * KIB },
    { POST,    "/api/scans/undo",                    CALL(post_scan_undo),          MAY_SCAN,        RATE_SCAN,    4 * KIB   },
    { POST,    "/api/unlink_child",                  CALL(post_scan_undo),          MAY_SCAN,        RATE_SCAN,    4 * KIB   },
    { GET,     "/api/scans",                         LIST(scan_listing),            MAY_LOOK,        RATE_READ,    0         },

    { POST,    "/api/parents",                       CALL(post_parent),             MAY_SCAN,        RATE_SCAN,    8 * KIB   },
    { POST,    "/api/parents/{qr}/finish",           CALL(post_parent_finish),      MAY_SCAN,        RATE_SCAN,    0         },
    { POST,    "/api/parents/{qr}/reopen",           CALL(post_parent_reopen),      MAY_CORRECT,     RATE_WRITE,   4 * KIB   },
    { PUT,     "/api/parents/{qr}/children",         CALL(put_parent_children),     MAY_EDIT_PARENT, RATE_WRITE,   64 * KIB  },
    { DELETE_, "/api/parents/{qr}/children/{child}", CALL(delete_parent_child),     MAY_CORRECT,     RATE_WRITE,   4 * KIB   },

    { GET,     "/api/bag/{qr}",                      BATCH(get_bag),                 MAY_LOOK,        RATE_SCAN,    0         },
    { GET,     "/api/bag/{qr}/history",              LIST(history_listing),         MAY_LOOK,        RATE_READ,    0         },
    { GET,     "/api/bags",                          LIST(bag_listing),             MAY_LOOK,        RATE_READ,    0         },
    { POST,    "/api/bags",                          CALL(post_bags),               MAY_SCAN,        RATE_WRITE,   256 * KIB },
    { DELETE_, "/api/bags/{qr}",                     CALL(delete_bag),              MAY_CORRECT,     RATE_WRITE,   0         },
    { GET,     "/api/search",                        CALL_WITH(get_search, "q limit"), MAY_LOOK,        RATE_READ,    0         },

    { GET,     "/api/bills",                         LIST(bill_listing),            MAY_BILL,        RATE_READ,    0         },
    { POST,    "/api/bills",                         CALL(post_bill),               MAY_BILL,        RATE_WRITE,   16 * KIB  },
    { GET,     "/api/bills/{code}",                  CALL(get_bill),                MAY_BILL,        RATE_READ,    0         },
    { PATCH,   "/api/bills/{code}",                  CALL(patch_bill),              MAY_BILL,        RATE_WRITE,   16 * KIB  },
    { DELETE_, "/api/bills/{code}",                  CALL(delete_bill),             MAY_BILL_DELETE, RATE_WRITE,   0         },
    { POST,    "/api/bills/{code}/bags",             BATCH(post_bill_bag),           MAY_BILL,        RATE_SCAN,    4 * KIB   },
    { GET,     "/api/bills/{code}/bags",             LIST(bill_bags_listing),       MAY_BILL,        RATE_READ,    0         },
    { DELETE_, "/api/bills/{code}/bags/{qr}",        CALL(delete_bill_bag),         MAY_BILL,        RATE_WRITE,   0         },
    { POST,    "/api/bills/{code}/finish",           CALL(post_bill_finish),        MAY_BILL,        RATE_WRITE,   4 * KIB   },
    { POST,    "/api/bills/{code}/reopen",           CALL(post_bill_reopen),        MAY_BILL,        RATE_WRITE,   4 * KIB   },
    { GET,     "/api/bills/{code}/events",           LIST(bill_events_listing),     MAY_BILL,        RATE_READ,    0         },

    { GET,     "/api/returns",                        LIST(ticket_listing),          MAY_BILL,        RATE_READ,    0         },
    { POST,    "/api/returns",                        CALL(post_return),             MAY_BILL,        RATE_WRITE,   16 * KIB  },
    { GET,     "/api/returns/{code}",                 CALL(get_return),              MAY_BILL,        RATE_READ,    0         },
    { PATCH,   "/api/returns/{code}",                 CALL(patch_return),            MAY_BILL,        RATE_WRITE,   16 * KIB  },
    { POST,    "/api/returns/{code}/bags",            BATCH(post_return_bag),        MAY_BILL,        RATE_SCAN,    4 * KIB   },
    { GET,     "/api/returns/{code}/bags",            LIST(ticket_bags_listing),     MAY_BILL,        RATE_READ,    0         },
    { DELETE_, "/api/returns/{code}/bags/{qr}",       CALL(delete_return_bag),       MAY_BILL,        RATE_WRITE,   0         },
    { POST,    "/api/returns/{code}/commit",          CALL(post_return_commit),      MAY_BILL,        RATE_WRITE,   0         },
    { POST,    "/api/returns/{code}/cancel",          CALL(post_return_cancel),      MAY_BILL,        RATE_WRITE,   0         },

    { GET,     "/api/labels",                        LIST(label_run_listing),       MAY_LABEL,       RATE_READ,    0         },
    { POST,    "/api/labels",                        CALL(post_labels),             MAY_LABEL,       RATE_WRITE,   64 * KIB  },
    { GET,     "/api/labels/next",                   CALL_WITH(get_labels_next, "family"), MAY_LABEL,       RATE_READ,    0         },

    { GET,     "/api/qr",                            CALL_WITH(get_qr, "text"),     MAY_LOOK,        RATE_READ,    0         },

    { GET,     "/api/eod",                           CALL_WITH(get_eod, "day"),     MAY_ADMIN,       RATE_READ,    0         },
    { POST,    "/api/eod/send",                      CALL(post_eod_send),           MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { GET,     "/api/settings",                      CALL(get_settings),            MAY_ADMIN,       RATE_READ,    0         },
    { PUT,     "/api/settings",                      CALL(put_settings),            MAY_ADMIN,       RATE_WRITE,   4 * KIB   },
    { GET,     "/api/jobs",                          LIST(job_listing),             MAY_ADMIN,       RATE_READ,    0         },
    { POST,    "/api/jobs/{id}/run",                 CALL(post_job_run),            MAY_ADMIN,       RATE_WRITE,   0         },

    { GET,     "/api/imports",                       LIST(import_listing),          MAY_IMPORT,      RATE_READ,    0         },
    { POST,    "/api/imports/bags",                  CALL_WITH(post_import_bags, "dry_run"), MAY_IMPORT,      RATE_WRITE,   IMPORT_BYTES_MAX },
    { POST,    "/api/imports/children",              CALL_WITH(post_import_children, "dry_run"), MAY_IMPORT,      RATE_WRITE,   IMPORT_BYTES_MAX },
    { POST,    "/api/imports/bill-bags",             CALL_WITH(post_import_bill_bags, "dry_run"), MAY_IMPORT,      RATE_WRITE,   IMPORT_BYTES_MAX },
    { POST,    "/api/imports/bills",                 CALL_WITH(post_import_bills, "dry_run"), MAY_IMPORT,      RATE_WRITE,   IMPORT_BYTES_MAX },
    { GET,     "/api/imports/{id}",                  CALL(get_import),              MAY_IMPORT,      RATE_READ,    0         },
    { GET,     "/api/imports/{id}/rows",             LIST(import_row_listing),      MAY_IMPORT,      RATE_READ,    0         },
    { GET,     "/api/imports/{id}/result.xlsx",      CALL(get_import_result),       MAY_IMPORT,      RATE_READ,    0         },
    { GET,     "/api/imports/{id}/refused.xlsx",     CALL(get_import_refused),      MAY_IMPORT,      RATE_READ,    0         },
    { POST,    "/api/imports/{id}/cancel",           CALL(post_import_cancel),      MAY_IMPORT,      RATE_WRITE,   0         },
    { GET,     "/api/pool_health",                   CALL(get_pool_health),         MAY_ADMIN,       RATE_READ,    0         },
    { GET,     "/api/system_health",                 CALL(get_system_health),       MAY_ADMIN,       RATE_READ,    0         },
    { GET,     "/api/slow_queries",                  CALL(get_slow_queries),        MAY_ADMIN,       RATE_READ,    0         },

    { GET,     "/api/audit",                         LIST(audit_listing),           MAY_ADMIN,       RATE_READ,    0         },
    { GET,     "/api/audit/verify",                  CALL_WITH(get_audit_verify, "from"), MAY_ADMIN,       RATE_READ,    0         },
    { GET,     "/api/exports/{file}",                CALL_WITH(get_export, QUERY_ANY), MAY_ADMIN,       RATE_READ,    0         },

    { GET,     "/api/stats",                         BATCH(get_stats),               MAY_LOOK,        RATE_READ,    0         },
    { GET,     "/api/stats/stream",                  FEED(STATS_FEED),              MAY_LOOK,        RATE_READ,    0         },
    { GET,     "/api/totals",                        LIST(totals_listing),          MAY_LOOK,        RATE_READ,    0         },
    { GET,     "/api/activity",                      LIST(activity_listing),        MAY_ADMIN,       RATE_READ,    0         },
    { GET,     "/api/stats/activity",                CALL_WITH(get_stats_activity, "days"), MAY_LOOK,        RATE_READ,    0         },
};
/* clang-format on */

const int routes_count = sizeof routes / sizeof routes[0];
