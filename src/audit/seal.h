/*
 * Seal: the chain of the audit log, and what retention takes from it.
 *
 * Work for the background, for all organisations at once. Rules and rights are in
 * sql/0005-audit-chain.sql; docs/DATA.md tells how the chain is made. Several servers may do this
 * at the same time: an organisation is sealed by one of them.
 */
#ifndef AUDIT_SEAL_H
#define AUDIT_SEAL_H

#include "base/call.h"

/* Seal the notes that wait, as many as a second or two allow. Not within a transaction. */
MUST_USE bool audit_seal(struct call *call);

/*
 * Empty what is too old of before and after, drop the months that are over, and log the last seal
 * of each organisation: who keeps the log elsewhere can prove that nobody has made the chain anew.
 * Not within a transaction.
 */
MUST_USE bool audit_apply_retention(struct call *call);

/* Do `work` with call->org_id of each organisation; then it is 0. */
MUST_USE bool audit_for_each_org(struct call *call, bool (*work)(struct call *call));

#endif
