/** Tables of the server, written by `make docs` from its own: change those. */

export const userRoles = [
  'admin',
  'biller',
  'dispatcher',
] as const;
export type UserRole = (typeof userRoles)[number];

export const userStates = [
  'waiting',
  'active',
  'locked',
  'deleted',
] as const;
export type UserState = (typeof userStates)[number];

export const promotionStates = [
  'pending',
  'approved',
  'refused',
  'withdrawn',
] as const;
export type PromotionState = (typeof promotionStates)[number];

export const bagKinds = [
  'parent',
  'child',
] as const;
export type BagKind = (typeof bagKinds)[number];

export const bagStatuses = [
  'pending',
  'in_progress',
  'completed',
] as const;
export type BagStatus = (typeof bagStatuses)[number];

export const billStatuses = [
  'new',
  'processing',
  'completed',
] as const;
export type BillStatus = (typeof billStatuses)[number];

export const scanKinds = [
  'parent',
  'link',
  'undo',
  'unlink',
  'finish',
  'reopen',
  'bill',
  'unbill',
  'return',
  'unreturn',
] as const;
export type ScanKind = (typeof scanKinds)[number];

export const scanVerdicts = [
  'done',
  'linked',
  'already_here',
  'elsewhere',
  'full',
  'is_parent',
  'not_a_parent',
  'bad_code',
  'bill_closed',
  'other_area',
  'not_found',
  'is_child',
  'completed',
  'not_on_a_bill',
  'ticket_closed',
] as const;
export type ScanVerdict = (typeof scanVerdicts)[number];

export const ticketStatuses = [
  'open',
  'committed',
  'cancelled',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

export const ticketStays = [
  'bag_gone',
  'bag_billed',
  'bag_returned',
  'bill_gone',
  'bill_full',
  'bill_completed',
] as const;
export type TicketStay = (typeof ticketStays)[number];

export const importKinds = [
  'bags',
  'children',
  'bill-bags',
  'bills',
] as const;
export type ImportKind = (typeof importKinds)[number];

export const importStatuses = [
  'queued',
  'running',
  'done',
  'cancelled',
  'failed',
] as const;
export type ImportStatus = (typeof importStatuses)[number];

export const importOutcomes = [
  'created',
  'linked',
  'used',
  'skipped',
  'error',
] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

export const jobKinds = [
  'end_of_day',
  'retention',
  'bill_completed',
  'import',
] as const;
export type JobKind = (typeof jobKinds)[number];

export const jobStates = [
  'queued',
  'running',
  'done',
  'parked',
] as const;
export type JobState = (typeof jobStates)[number];

export const healthLevels = [
  'ok',
  'warning',
  'critical',
] as const;
export type HealthLevel = (typeof healthLevels)[number];

export const labelPapers = [
  'a4_24',
  'a4_65',
  'a4_40',
  'a4_14',
  'a4_8',
  'roll_50x25',
  'roll_50x50',
  'roll_75x50',
  'roll_100x50',
] as const;
export type LabelPaper = (typeof labelPapers)[number];

export const labelFormats = [
  'pdf',
  'zpl_203',
  'zpl_300',
] as const;
export type LabelFormat = (typeof labelFormats)[number];

export const mailKinds = [
  'welcome',
  'password_reset',
  'password_changed',
  'two_factor_off',
  'bill_completed',
  'end_of_day',
  'admin_alert',
] as const;
export type MailKind = (typeof mailKinds)[number];

export const mailStates = [
  'waiting',
  'parked',
] as const;
export type MailState = (typeof mailStates)[number];

export const auditActions = [
  'audit.export',
  'bags.export',
  'bills.export',
  'bill-bags.export',
  'scans.export',
  'returns.export',
  'totals.export',
  'activity.export',
  'users.export',
  'bag.create',
  'bag.delete',
  'bag.reopen',
  'bag.set_children',
  'bag.unlink',
  'bill.create',
  'bill.delete',
  'bill.edit',
  'bill.finish',
  'bill.remove_bag',
  'bill.reopen',
  'area_create',
  'area_delete',
  'area_edit',
  'family_create',
  'family_delete',
  'family_edit',
  'eod.send',
  'import.cancel',
  'import.start',
  'job.run_again',
  'label.print',
  'locked',
  'password_change',
  'password_reset',
  'password_reset_sent',
  'password_wrong',
  'profile',
  'promotion_approve',
  'promotion_ask',
  'promotion_refuse',
  'recovery_code_used',
  'return.create',
  'return.edit',
  'return.commit',
  'return.cancel',
  'return.add_bag',
  'return.undo_bag',
  'session_end',
  'set_up',
  'settings.edit',
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'two_factor_begin',
  'two_factor_off',
  'two_factor_on',
  'user_activate',
  'user_approve',
  'user_create',
  'user_delete',
  'user_edit',
  'user_lock',
  'user_password',
  'user_register',
  'user_register_failed',
  'user_role',
  'user_sign_out',
  'user_unlock',
] as const;
export type AuditAction = (typeof auditActions)[number];

export const problems = [
  'bad_input',
  'signed_out',
  'bad_credentials',
  'code_required',
  'password_change_required',
  'two_factor_required',
  'forbidden',
  'csrf',
  'not_found',
  'bad_method',
  'request_timeout',
  'refused',
  'conflict',
  'nothing_to_undo',
  'too_large',
  'long_address',
  'bad_type',
  'bad_fields',
  'id_reused',
  'bad_code',
  'locked',
  'too_often',
  'long_headers',
  'internal',
  'overloaded',
  'too_slow',
  'database',
  'again',
  'config',
] as const;
export type Problem = (typeof problems)[number];

export const reasons = [
  'bad_input',
  'signed_out',
  'bad_credentials',
  'code_required',
  'password_change_required',
  'two_factor_required',
  'forbidden',
  'csrf',
  'not_found',
  'bad_method',
  'request_timeout',
  'refused',
  'conflict',
  'nothing_to_undo',
  'too_large',
  'long_address',
  'bad_type',
  'bad_fields',
  'id_reused',
  'bad_code',
  'locked',
  'too_often',
  'long_headers',
  'internal',
  'overloaded',
  'too_slow',
  'database',
  'again',
  'config',
  'body_too_large',
  'body_not_json_type',
  'body_not_json',
  'body_not_object',
  'body_missing',
  'form_type',
  'form_boundary',
  'form_part_name',
  'form_part_headers',
  'form_part_bytes',
  'form_parts',
  'form_end',
  'form_begin',
  'form_between',
  'missing',
  'taken',
  'not_text',
  'nul_character',
  'not_whole_number',
  'not_number',
  'not_truth',
  'not_list',
  'not_object',
  'not_choice',
  'not_device_id',
  'not_time',
  'not_moment',
  'not_email',
  'not_fields',
  'too_many',
  'too_long',
  'bad_length',
  'bad_name',
  'out_of_range',
  'whole_out_of_range',
  'unknown_field',
  'unknown_parameter',
  'repeated',
  'not_ours',
  'id_used',
  'last_try',
  'wrong_too_often',
  'not_approved',
  'account_locked',
  'code_needed',
  'code_wrong',
  'reset_link_old',
  'setup_link_old',
  'registration_off',
  'registration_full',
  'factor_exists',
  'factor_not_begun',
  'factor_own',
  'factor_none',
  'factor_none_own',
  'last_admin',
  'not_waiting',
  'admin_already',
  'promotion_pending',
  'promotion_decided',
  'bad_username',
  'password_weak',
  'password_guessed',
  'password_same',
  'password_short',
  'password_not_yours',
  'password_needed',
  'without_password',
  'not_shown_code',
  'dispatchers_only',
  'areas_most',
  'area_has_people',
  'area_has_bags',
  'families_most',
  'family_keeps_look',
  'family_kept',
  'unknown_area',
  'bad_weight',
  'pattern_start',
  'pattern_prefix',
  'pattern_lengths',
  'pattern_capacity',
  'pattern_unreadable',
  'pattern_needed',
  'pattern_example',
  'pattern_other_family',
  'pattern_child',
  'pattern_set',
  'pattern_nested',
  'pattern_group',
  'pattern_backslash',
  'pattern_sign',
  'pattern_repeat',
  'pattern_empty',
  'pattern_hat',
  'pattern_alternatives',
  'pattern_dollar',
  'bag_unknown',
  'bag_in_use',
  'parent_on_bill',
  'parent_empty',
  'parent_full',
  'child_not_in',
  'child_refused',
  'undo_too_late',
  'scan_already_here',
  'scan_elsewhere',
  'scan_full',
  'scan_is_parent',
  'scan_not_a_parent',
  'scan_bad_code',
  'scan_bill_closed',
  'scan_other_area',
  'scan_not_found',
  'scan_is_child',
  'scan_completed',
  'child_in_parent',
  'parent_finished',
  'scan_not_on_a_bill',
  'scan_ticket_closed',
  'bill_unknown',
  'bill_exists',
  'bill_completed',
  'bill_empty',
  'bill_open',
  'bill_full',
  'bag_not_on_bill',
  'bag_on_this_bill',
  'bag_on_bill',
  'bill_holds_all',
  'bill_finished',
  'parent_unknown',
  'child_not_parent',
  'code_not_parent',
  'bill_holds_more',
  'unsaid',
  'job_not_parked',
  'mail_off',
  'not_day',
  'day_to_come',
  'longer_than_session',
  'not_zone',
  'labels_in_use',
  'labels_printed',
  'label_not_a_code',
  'label_range_ends',
  'labels_either',
  'paper_not_roll',
  'ticket_unknown',
  'ticket_closed',
  'ticket_empty',
  'bag_on_this_ticket',
  'bag_on_no_bill',
  'bag_not_known',
  'bag_not_on_ticket',
  'bag_stays',
  'empty_file',
  'file_empty',
  'file_damaged',
  'file_encrypted',
  'file_old_excel',
  'file_open_document',
  'file_no_workbook',
  'file_no_table',
  'file_unpacked_too_large',
  'import_has_ended',
  'import_is_there',
  'import_is_heading',
  'import_no_code',
  'import_no_head',
  'import_no_bill',
  'import_no_number',
  'import_no_type',
  'export_own',
  'exports_busy',
  'workbook_full',
] as const;
export type Reason = (typeof reasons)[number];

export const noticeKinds = [
  'account_asked',
  'promotion_asked',
  'promotion_approved',
  'promotion_refused',
  'factor_removed',
  'job_parked',
  'bill_completed',
  'import_done',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Who may do what. */
export const permissions = {
  enrol: ['admin', 'biller', 'dispatcher'],
  self: ['admin', 'biller', 'dispatcher'],
  look: ['admin', 'biller', 'dispatcher'],
  scan: ['admin', 'biller', 'dispatcher'],
  correct: ['admin', 'biller'],
  bill: ['admin', 'biller'],
  label: ['admin', 'biller'],
  bill_delete: ['admin'],
  edit_parent: ['admin'],
  import: ['admin'],
  ask: ['biller', 'dispatcher'],
  admin: ['admin'],
} as const satisfies Record<string, readonly UserRole[]>;
export type Permission = keyof typeof permissions;

/** What can be asked, by method. */
export interface Paths {
  GET:
    | `/health`
    | `/api/health`
    | `/metrics`
    | `/api/setup`
    | `/api/session`
    | `/api/sessions`
    | `/api/features`
    | `/api/profile/2fa`
    | `/api/registrations`
    | `/api/profile`
    | `/api/notifications`
    | `/api/promotions`
    | `/api/users`
    | `/api/users/${string}`
    | `/api/users/${string}/activity`
    | `/api/areas`
    | `/api/families`
    | `/api/scans`
    | `/api/bag/${string}`
    | `/api/bag/${string}/history`
    | `/api/bags`
    | `/api/search`
    | `/api/bills`
    | `/api/bills/${string}`
    | `/api/bills/${string}/bags`
    | `/api/bills/${string}/events`
    | `/api/returns`
    | `/api/returns/${string}`
    | `/api/returns/${string}/bags`
    | `/api/labels`
    | `/api/labels/next`
    | `/api/qr`
    | `/api/eod`
    | `/api/settings`
    | `/api/jobs`
    | `/api/imports`
    | `/api/imports/${string}`
    | `/api/imports/${string}/rows`
    | `/api/imports/${string}/result.xlsx`
    | `/api/imports/${string}/refused.xlsx`
    | `/api/pool_health`
    | `/api/system_health`
    | `/api/slow_queries`
    | `/api/audit`
    | `/api/audit/verify`
    | `/api/exports/${string}`
    | `/api/stats`
    | `/api/stats/stream`
    | `/api/totals`
    | `/api/activity`
    | `/api/stats/activity`;
  POST:
    | `/api/setup`
    | `/api/session`
    | `/api/password/forgotten`
    | `/api/password/reset`
    | `/api/profile/2fa`
    | `/api/profile/2fa/confirm`
    | `/api/registrations`
    | `/api/notifications/read-all`
    | `/api/notifications/${string}/read`
    | `/api/promotions`
    | `/api/promotions/${string}/decision`
    | `/api/users`
    | `/api/users/${string}/approve`
    | `/api/users/${string}/unlock`
    | `/api/users/${string}/sign-out`
    | `/api/areas`
    | `/api/families`
    | `/api/scans`
    | `/api/scans/batch`
    | `/api/scans/undo`
    | `/api/unlink_child`
    | `/api/parents`
    | `/api/parents/${string}/finish`
    | `/api/parents/${string}/reopen`
    | `/api/bags`
    | `/api/bills`
    | `/api/bills/${string}/bags`
    | `/api/bills/${string}/finish`
    | `/api/bills/${string}/reopen`
    | `/api/returns`
    | `/api/returns/${string}/bags`
    | `/api/returns/${string}/commit`
    | `/api/returns/${string}/cancel`
    | `/api/labels`
    | `/api/eod/send`
    | `/api/jobs/${string}/run`
    | `/api/imports/bags`
    | `/api/imports/children`
    | `/api/imports/bill-bags`
    | `/api/imports/bills`
    | `/api/imports/${string}/cancel`;
  PUT:
    | `/api/profile`
    | `/api/profile/password`
    | `/api/parents/${string}/children`
    | `/api/settings`;
  PATCH:
    | `/api/users/${string}`
    | `/api/areas/${string}`
    | `/api/families/${string}`
    | `/api/bills/${string}`
    | `/api/returns/${string}`;
  DELETE:
    | `/api/session`
    | `/api/sessions`
    | `/api/sessions/${string}`
    | `/api/profile/2fa`
    | `/api/notifications/${string}`
    | `/api/users/${string}`
    | `/api/users/${string}/2fa`
    | `/api/areas/${string}`
    | `/api/families/${string}`
    | `/api/parents/${string}/children/${string}`
    | `/api/bags/${string}`
    | `/api/bills/${string}`
    | `/api/bills/${string}/bags/${string}`
    | `/api/returns/${string}/bags/${string}`;
}

/** What a reason is told with. */
export interface ReasonParams {
  bad_input: {};
  signed_out: {};
  bad_credentials: {};
  code_required: {};
  password_change_required: {};
  two_factor_required: {};
  forbidden: {};
  csrf: {};
  not_found: {};
  bad_method: {};
  request_timeout: {};
  refused: {};
  conflict: {};
  nothing_to_undo: {};
  too_large: {};
  long_address: {};
  bad_type: {};
  bad_fields: {};
  id_reused: {};
  bad_code: {};
  locked: {};
  too_often: {};
  long_headers: {};
  internal: {};
  overloaded: {};
  too_slow: {};
  database: {};
  again: {};
  config: {};
  body_too_large: { most: number };
  body_not_json_type: {};
  body_not_json: { line: number; column: number };
  body_not_object: {};
  body_missing: {};
  form_type: {};
  form_boundary: {};
  form_part_name: {};
  form_part_headers: {};
  form_part_bytes: {};
  form_parts: {};
  form_end: {};
  form_begin: {};
  form_between: {};
  missing: {};
  taken: {};
  not_text: {};
  nul_character: {};
  not_whole_number: {};
  not_number: {};
  not_truth: {};
  not_list: {};
  not_object: {};
  not_choice: { choices: string };
  not_device_id: {};
  not_time: {};
  not_moment: {};
  not_email: {};
  not_fields: {};
  too_many: { most: number };
  too_long: { most: number };
  bad_length: { least: number; most: number };
  bad_name: { most: number };
  out_of_range: { least: number; most: number };
  whole_out_of_range: { least: number; most: number };
  unknown_field: {};
  unknown_parameter: {};
  repeated: {};
  not_ours: {};
  id_used: {};
  last_try: { minutes: number };
  wrong_too_often: { minutes: number };
  not_approved: {};
  account_locked: {};
  code_needed: {};
  code_wrong: {};
  reset_link_old: {};
  setup_link_old: {};
  registration_off: {};
  registration_full: {};
  factor_exists: {};
  factor_not_begun: {};
  factor_own: {};
  factor_none: { username: string };
  factor_none_own: {};
  last_admin: { username: string };
  not_waiting: { username: string };
  admin_already: {};
  promotion_pending: {};
  promotion_decided: {};
  bad_username: { least: number; most: number };
  password_weak: { least: number; passphrase: number };
  password_guessed: {};
  password_same: {};
  password_short: { least: number };
  password_not_yours: {};
  password_needed: {};
  without_password: {};
  not_shown_code: {};
  dispatchers_only: {};
  areas_most: { most: number };
  area_has_people: { people: number; area: string };
  area_has_bags: { bags: number; area: string };
  families_most: { most: number };
  family_keeps_look: { bags: number; family: string };
  family_kept: { bags: number; family: string };
  unknown_area: {};
  bad_weight: { most: number };
  pattern_start: {};
  pattern_prefix: { start: string };
  pattern_lengths: { shortest: number; longest: number; least: number; most: number };
  pattern_capacity: { tail: string };
  pattern_unreadable: {};
  pattern_needed: {};
  pattern_example: {};
  pattern_other_family: { family: string };
  pattern_child: { child: string };
  pattern_set: {};
  pattern_nested: {};
  pattern_group: {};
  pattern_backslash: {};
  pattern_sign: {};
  pattern_repeat: {};
  pattern_empty: {};
  pattern_hat: {};
  pattern_alternatives: {};
  pattern_dollar: {};
  bag_unknown: { bag: string };
  bag_in_use: { bag: string };
  parent_on_bill: { parent: string; bill: string };
  parent_empty: { parent: string };
  parent_full: { parent: string };
  child_not_in: { child: string; parent: string };
  child_refused: { child: string; verdict: string };
  undo_too_late: { child: string };
  scan_already_here: {};
  scan_elsewhere: {};
  scan_full: {};
  scan_is_parent: {};
  scan_not_a_parent: {};
  scan_bad_code: {};
  scan_bill_closed: {};
  scan_other_area: {};
  scan_not_found: {};
  scan_is_child: {};
  scan_completed: {};
  child_in_parent: { child: string; parent: string };
  parent_finished: { parent: string; bags: number };
  scan_not_on_a_bill: {};
  scan_ticket_closed: {};
  bill_unknown: { bill: string };
  bill_exists: { bill: string };
  bill_completed: { bill: string };
  bill_empty: { bill: string };
  bill_open: { bill: string };
  bill_full: { bill: string };
  bag_not_on_bill: { bag: string; bill: string };
  bag_on_this_bill: { bag: string };
  bag_on_bill: { bag: string; bill: string };
  bill_holds_all: { bill: string; bags: number };
  bill_finished: { bill: string; linked: number; bags: number };
  parent_unknown: { bag: string };
  child_not_parent: { bag: string };
  code_not_parent: { bag: string };
  bill_holds_more: { linked: number };
  unsaid: {};
  job_not_parked: {};
  mail_off: {};
  not_day: {};
  day_to_come: {};
  longer_than_session: {};
  not_zone: {};
  labels_in_use: { labels: number; code: string };
  labels_printed: { code: string; user: string };
  label_not_a_code: { code: string };
  label_range_ends: { last: string };
  labels_either: {};
  paper_not_roll: {};
  ticket_unknown: { ticket: string };
  ticket_closed: { ticket: string };
  ticket_empty: { ticket: string };
  bag_on_this_ticket: { bag: string };
  bag_on_no_bill: { bag: string };
  bag_not_known: { bag: string };
  bag_not_on_ticket: { bag: string; ticket: string };
  bag_stays: { bag: string; why: string };
  empty_file: { name: string };
  file_empty: {};
  file_damaged: { what: string };
  file_encrypted: {};
  file_old_excel: {};
  file_open_document: {};
  file_no_workbook: {};
  file_no_table: {};
  file_unpacked_too_large: {};
  import_has_ended: {};
  import_is_there: {};
  import_is_heading: {};
  import_no_code: {};
  import_no_head: { what: string };
  import_no_bill: {};
  import_no_number: { text: string };
  import_no_type: { text: string };
  export_own: {};
  exports_busy: {};
  workbook_full: {};
}

/** What a notification is told with. */
export interface NoticeParams {
  account_asked: { username: string };
  promotion_asked: { username: string };
  promotion_approved: { notes: string };
  promotion_refused: { notes: string };
  factor_removed: {};
  job_parked: { job: string };
  bill_completed: { bill: string; parents: number };
  import_done: { files: string; rows: number; errors: number };
}
