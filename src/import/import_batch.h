/*
 * Import batch: the rows of an import that are judged and stored in one transaction.
 *
 * Rows are judged by the rules of scanning: a child that is put into a parent by an import is a
 * scan by the user who uploaded the file, and shows in the history as one. Some rows make a group:
 * the children above their parent, or the parents above their bill, which is the group's head.
 */
#ifndef IMPORT_IMPORT_BATCH_H
#define IMPORT_IMPORT_BATCH_H

#include "bag/bag_words.h"
#include "import/import.h"

/* What a row is. */
enum import_role {
    IMPORT_ROLE_NONE, /* nothing to import: it has its outcome already */
    IMPORT_ROLE_MEMBER, /* a child, or a parent, that goes into the head of its group */
    IMPORT_ROLE_HEAD, /* the parent, or the bill, of the rows above it */
    IMPORT_ROLE_SINGLE, /* a bag or a bill by itself */
};

/* The most columns of a kind's template. */
#define IMPORT_CELLS 3

/* A row of a batch. */
struct import_item {
    int64_t n; /* number among all rows of the import, from 1 */
    int file; /* number of its file, from 0 */
    const char *sheet; /* name of its sheet */
    int64_t row; /* number in its sheet */
    enum import_role role;
    const char *code; /* cleaned */
    const char *target; /* code of the parent or bill that it goes into; NULL: none */
    /* What the file has in the columns of the kind's template, from the first. */
    const char *cells[IMPORT_CELLS];
    enum bag_kind bag; /* IMPORT_BAGS: what the file says that it is; BAG_KIND_NONE: nothing */

    /* out */
    enum import_outcome outcome;
    struct words why; /* of a row that was skipped or refused */
};

/* A batch. */
struct import_batch {
    struct import_item *items;
    size_t count;
    int64_t created, linked, skipped, errors; /* out: see struct import */
};

/* Set the outcome of a row, and why; `why` is in memory that lives as long as the item. Of a row
 * that is not to be judged the role has to be IMPORT_ROLE_NONE. */
void import_item_end(struct import_item *item, enum import_outcome outcome, struct words why);

/* Judge the rows that have no outcome yet, write what is to be written, in the call's transaction,
 * and set all outcomes and the batch's counts. `call` has the user and, as its person's area, the
 * area of the import. May be called again for the same batch after a rollback. FAULT_AGAIN if
 * another transaction has just made the same bag. */
MUST_USE bool import_batch_store(
    struct call *call, enum import_kind kind, struct import_batch *batch);

#endif
