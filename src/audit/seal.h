/*
 * Seal: seals the notes of the audit log in the background, and deletes the expired ones.
 *
 * A seal is a row with the hash of one note (an entry of the log) and of the seal before it. So the
 * seals form a chain, in which changed or missing notes show (audit/verify.h). The rules and rights
 * are in sql/0005-audit-chain.sql; docs/DATA.md describes the chain. Several servers may do this at
 * the same time: only one of them seals a given organisation. A call is the unit of work in hand,
 * with its database session and its organisation, call->org_id (0: none).
 */
#ifndef AUDIT_SEAL_H
#define AUDIT_SEAL_H

#include "base/call.h"

/* Seal the notes without a seal of all organisations, at most 40,000 of each per run. Call it every
 * few seconds, outside of a transaction; each batch is a transaction of its own. */
MUST_USE bool audit_seal(struct call *call);

/* Apply retention for all organisations: clear `before` and `after` of notes older than 30 days,
 * delete notes by whole months when all are older than 90 days, except those kept for ever, and
 * write each organisation's last seal to the server's log. If that log is kept elsewhere, it proves
 * that nobody has rebuilt the chain. Call it outside of a transaction. */
MUST_USE bool audit_apply_retention(struct call *call);

/* Run `work` once per organisation, with call->org_id set to it; call->org_id is 0 afterwards. If
 * `work` returns false, stop there and return false. */
MUST_USE bool audit_for_each_org(struct call *call, bool (*work)(struct call *call));

#endif
