#include "http/route.h"

#include "account/forgotten_http.h"
#include "account/profile_http.h"
#include "account/registration_http.h"
#include "account/session_http.h"
#include "account/setup_http.h"
#include "account/two_factor_http.h"
#include "area/area_http.h"
#include "audit/audit_http.h"
#include "bag/bag_http.h"
#include "bag/family_http.h"
#include "bag/look_up.h"
#include "bill/bill_http.h"
#include "export/export_http.h"
#include "health/health_http.h"
#include "notice/notice_http.h"
#include "packing/link_http.h"
#include "packing/packing_http.h"
#include "search/search_http.h"
#include "stats/stats.h"
#include "stats/stats_http.h"
#include "user/promotion_http.h"
#include "user/user_http.h"

/* clang-format off */
const struct route routes[] = {
    /* method  path                                how it runs                who may          how often     body */
    { GET,     "/health",                          LANE(health_alive),        ANYONE,          RATE_NONE,    0 },
    { GET,     "/api/health",                      CALL(health_ready),        ANYONE,          RATE_NONE,    0 },

    { GET,     "/api/setup",                       CALL(setup_show),          ANYONE,          RATE_READ,    0 },
    { POST,    "/api/setup",                       CALL(setup_do),            ANYONE,          RATE_SIGN_IN, 4 * KIB },
    { POST,    "/api/session",                     LANE(session_sign_in),     ANYONE,          RATE_SIGN_IN, 4 * KIB },
    { GET,     "/api/session",                     CALL(session_show),        MAY_ENROL,       RATE_WATCH,   0 },
    { DELETE_, "/api/session",                     CALL(session_sign_out),    MAY_ENROL,       RATE_WRITE,   0 },
    { GET,     "/api/sessions",                    CALL(session_list),        MAY_SELF,        RATE_READ,    0 },
    { DELETE_, "/api/sessions",                    CALL(session_end_others),  MAY_SELF,        RATE_WRITE,   0 },
    { DELETE_, "/api/sessions/{id}",               CALL(session_end_one),     MAY_SELF,        RATE_WRITE,   0 },

    { GET,     "/api/features",                    CALL(features_show),       ANYONE,          RATE_READ,    0 },
    { POST,    "/api/password/forgotten",          CALL(password_forgotten),  ANYONE,          RATE_SIGN_IN, 4 * KIB },
    { POST,    "/api/password/reset",              CALL(password_reset),      ANYONE,          RATE_SIGN_IN, 4 * KIB },
    { GET,     "/api/profile/2fa",                 CALL(two_factor_show),     MAY_ENROL,       RATE_READ,    0 },
    { POST,    "/api/profile/2fa",                 CALL(two_factor_make),     MAY_ENROL,       RATE_WRITE,   0 },
    { POST,    "/api/profile/2fa/confirm",         CALL(two_factor_show_code), MAY_ENROL,      RATE_WRITE,   4 * KIB },
    { DELETE_, "/api/profile/2fa",                 CALL(two_factor_drop),     MAY_ENROL,       RATE_WRITE,   4 * KIB },
    { GET,     "/api/registrations",               CALL(registration_show),   ANYONE,          RATE_READ,    0 },
    { POST,    "/api/registrations",               CALL(registration_create), ANYONE,          RATE_SIGN_IN, 4 * KIB },
    { GET,     "/api/profile",                     CALL(profile_show),        MAY_SELF,        RATE_READ,    0 },
    { PUT,     "/api/profile",                     CALL(profile_change),      MAY_SELF,        RATE_WRITE,   4 * KIB },
    { PUT,     "/api/profile/password",            CALL(profile_password),    MAY_ENROL,       RATE_SIGN_IN, 4 * KIB },
    { GET,     "/api/notifications",               CALL(notice_list),         MAY_SELF,        RATE_WATCH,   0 },
    { POST,    "/api/notifications/read-all",      CALL(notice_read_all),     MAY_SELF,        RATE_WRITE,   0 },
    { POST,    "/api/notifications/{id}/read",     CALL(notice_read),         MAY_SELF,        RATE_WRITE,   0 },
    { DELETE_, "/api/notifications/{id}",          CALL(notice_delete),       MAY_SELF,        RATE_WRITE,   0 },
    { GET,     "/api/promotions",                  CALL(promotion_list),      MAY_SELF,        RATE_READ,    0 },
    { POST,    "/api/promotions",                  CALL(promotion_create),    MAY_ASK,         RATE_WRITE,   4 * KIB },
    { POST,    "/api/promotions/{id}/decision",    CALL(promotion_decision),  MAY_ADMIN,       RATE_WRITE,   4 * KIB },

    { GET,     "/api/users",                       CALL(user_list),           MAY_ADMIN,       RATE_READ,    0 },
    { POST,    "/api/users",                       CALL(user_add),            MAY_ADMIN,       RATE_WRITE,   4 * KIB },
    { GET,     "/api/users/{id}",                  CALL(user_show),           MAY_ADMIN,       RATE_READ,    0 },
    { PATCH,   "/api/users/{id}",                  CALL(user_change),         MAY_ADMIN,       RATE_WRITE,   4 * KIB },
    { DELETE_, "/api/users/{id}",                  CALL(user_delete),         MAY_ADMIN,       RATE_WRITE,   0 },
    { POST,    "/api/users/{id}/approve",          CALL(user_let_in),         MAY_ADMIN,       RATE_WRITE,   0 },
    { POST,    "/api/users/{id}/unlock",           CALL(user_open),           MAY_ADMIN,       RATE_WRITE,   0 },
    { POST,    "/api/users/{id}/sign-out",         CALL(user_send_away),      MAY_ADMIN,       RATE_WRITE,   0 },
    { DELETE_, "/api/users/{id}/2fa",              CALL(user_factor_off),     MAY_ADMIN,       RATE_WRITE,   0 },
    { GET,     "/api/users/{id}/activity",         CALL(user_activity),       MAY_ADMIN,       RATE_READ,    0 },

    { GET,     "/api/areas",                       CALL(area_list),           MAY_LOOK,        RATE_READ,    0 },
    { POST,    "/api/areas",                       CALL(area_create),         MAY_ADMIN,       RATE_WRITE,   4 * KIB },
    { PATCH,   "/api/areas/{id}",                  CALL(area_change),         MAY_ADMIN,       RATE_WRITE,   4 * KIB },
    { DELETE_, "/api/areas/{id}",                  CALL(area_delete),         MAY_ADMIN,       RATE_WRITE,   0 },
    { GET,     "/api/families",                    CALL(family_list),         MAY_LOOK,        RATE_READ,    0 },
    { POST,    "/api/families",                    CALL(family_create),       MAY_ADMIN,       RATE_WRITE,   4 * KIB },
    { PATCH,   "/api/families/{id}",               CALL(family_change),       MAY_ADMIN,       RATE_WRITE,   4 * KIB },
    { DELETE_, "/api/families/{id}",               CALL(family_delete),       MAY_ADMIN,       RATE_WRITE,   0 },

    { POST,    "/api/scans",                       LANE(scan_add),            MAY_SCAN,        RATE_SCAN,    8 * KIB },
    { POST,    "/api/scans/batch",                 LANE(scan_add_batch),      MAY_SCAN,        RATE_SCAN,    512 * KIB },
    { POST,    "/api/scans/undo",                  CALL(scan_undo),           MAY_SCAN,        RATE_SCAN,    4 * KIB },
    { POST,    "/api/unlink_child",                CALL(scan_undo),           MAY_SCAN,        RATE_SCAN,    4 * KIB },
    { GET,     "/api/scans",                       CALL(scan_list),           MAY_LOOK,        RATE_READ,    0 },

    { POST,    "/api/parents",                     CALL(parent_open),         MAY_SCAN,        RATE_SCAN,    8 * KIB },
    { POST,    "/api/parents/{qr}/finish",         CALL(parent_finish),       MAY_SCAN,        RATE_SCAN,    0 },
    { POST,    "/api/parents/{qr}/reopen",         CALL(parent_reopen),       MAY_CORRECT,     RATE_WRITE,   4 * KIB },
    { PUT,     "/api/parents/{qr}/children",       CALL(parent_set_children), MAY_EDIT_PARENT, RATE_WRITE,   64 * KIB },
    { DELETE_, "/api/parents/{qr}/children/{child}", CALL(child_unlink),      MAY_CORRECT,     RATE_WRITE,   4 * KIB },

    { GET,     "/api/bag/{qr}",                    LANE(bag_look_up),         MAY_LOOK,        RATE_SCAN,    0 },
    { GET,     "/api/bag/{qr}/history",            CALL(bag_history),         MAY_LOOK,        RATE_READ,    0 },
    { GET,     "/api/bags",                        CALL(bag_list),            MAY_LOOK,        RATE_READ,    0 },
    { POST,    "/api/bags",                        CALL(bag_create),          MAY_SCAN,        RATE_WRITE,   256 * KIB },
    { DELETE_, "/api/bags/{qr}",                   CALL(bag_delete),          MAY_CORRECT,     RATE_WRITE,   0 },
    { GET,     "/api/search",                      CALL(search),              MAY_LOOK,        RATE_READ,    0 },

    { GET,     "/api/bills",                       CALL(bill_list),           MAY_BILL,        RATE_READ,    0 },
    { POST,    "/api/bills",                       CALL(bill_create),         MAY_BILL,        RATE_WRITE,   16 * KIB },
    { GET,     "/api/bills/{code}",                CALL(bill_show),           MAY_BILL,        RATE_READ,    0 },
    { PATCH,   "/api/bills/{code}",                CALL(bill_change),         MAY_BILL,        RATE_WRITE,   16 * KIB },
    { DELETE_, "/api/bills/{code}",                CALL(bill_delete),         MAY_BILL_DELETE, RATE_WRITE,   0 },
    { POST,    "/api/bills/{code}/bags",           LANE(bill_add_bag),        MAY_BILL,        RATE_SCAN,    4 * KIB },
    { GET,     "/api/bills/{code}/bags",           CALL(bill_bags),           MAY_BILL,        RATE_READ,    0 },
    { DELETE_, "/api/bills/{code}/bags/{qr}",      CALL(bill_remove_bag),     MAY_BILL,        RATE_WRITE,   0 },
    { POST,    "/api/bills/{code}/finish",         CALL(bill_finish),         MAY_BILL,        RATE_WRITE,   4 * KIB },
    { POST,    "/api/bills/{code}/reopen",         CALL(bill_reopen),         MAY_BILL,        RATE_WRITE,   4 * KIB },
    { GET,     "/api/bills/{code}/events",         CALL(bill_events),         MAY_BILL,        RATE_READ,    0 },

    { GET,     "/api/audit",                       CALL(audit_list),          MAY_ADMIN,       RATE_READ,    0 },
    { GET,     "/api/audit/verify",                CALL(audit_check),         MAY_ADMIN,       RATE_READ,    0 },
    { GET,     "/api/exports/{file}",              CALL(export_show),         MAY_ADMIN,       RATE_READ,    0 },

    { GET,     "/api/stats",                       LANE(stats_show),          MAY_LOOK,        RATE_READ,    0 },
    { GET,     "/api/stats/stream",                FEED(STATS_FEED),          MAY_LOOK,        RATE_READ,    0 },
    { GET,     "/api/stats/activity",              CALL(stats_activity),      MAY_LOOK,        RATE_READ,    0 },
};
/* clang-format on */

const int routes_count = sizeof routes / sizeof routes[0];
