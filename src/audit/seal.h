/*
 * Seal: builds the chain of the audit log, and applies retention to the log.
 *
 * This is work for the background, for all organisations. The rules and rights are in
 * sql/0005-audit-chain.sql; docs/DATA.md describes the chain. Several servers may do this at the
 * same time: only one of them seals a given organisation.
 */
#ifndef AUDIT_SEAL_H
#define AUDIT_SEAL_H

#include "base/call.h"

/* Seal the waiting notes, for a second or two at most. Not within a transaction. */
MUST_USE bool audit_seal(struct call *call);

/*
 * Clear `before` and `after` where they are too old, drop the expired months, and log the last seal
 * of each organisation: if the server's log is kept elsewhere, it proves that nobody has rebuilt
 * the chain. Not within a transaction.
 */
MUST_USE bool audit_apply_retention(struct call *call);

/* Run `work` once per organisation, with call->org_id set to it; call->org_id is 0 afterwards. */
MUST_USE bool audit_for_each_org(struct call *call, bool (*work)(struct call *call));

#endif
