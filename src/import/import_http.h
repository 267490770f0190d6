/*
 * Import handlers: the HTTP requests for imports, for administrators.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef IMPORT_IMPORT_HTTP_H
#define IMPORT_IMPORT_HTTP_H

#include "http/route.h"

/* POST /api/imports/bags: store the files of a form (fields `file`, several, and `area`) and import
 * them in the background. With ?dry_run=1 the rows are only judged. Answers 202 with {id}. */
handler_fn post_import_bags;

/* POST /api/imports/children: the same with files of children and, below them, their parents. */
handler_fn post_import_children;

/* POST /api/imports/bill-bags: the same with files of parents and, below them, their bills. */
handler_fn post_import_bill_bags;

/* POST /api/imports/bills: the same with files of bills. */
handler_fn post_import_bills;

/* GET /api/imports/{id}: answer with an import: how far it is, and its counts. */
handler_fn get_import;

/* GET /api/imports/{id}/result.xlsx: answer with a workbook of the sheets Summary, Successes,
 * Errors and Skipped, which has every row of the import. */
handler_fn get_import_result;

/* GET /api/imports/{id}/refused.xlsx: answer with a workbook of the rows that were refused, in the
 * form in which they can be mended and imported again. */
handler_fn get_import_refused;

/* POST /api/imports/{id}/cancel: end an import; what it has committed stays. Answers 204. */
handler_fn post_import_cancel;

#endif
