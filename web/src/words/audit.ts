/** Audit: notes of the log as sentences. */
import type { AuditAction, AuditNote } from '../api';
import type { Moment } from '../parts/moment';
import { bagPath, billPath, returnPath, userPath } from './paths';
import { when } from './words';

type Action = [words: string, tone: Moment['tone']];

const actions: Record<AuditAction, Action> = {
  'audit.export': ['Downloaded the audit log', 'plain'],
  'bags.export': ['Downloaded the list of bags', 'plain'],
  'bills.export': ['Downloaded the list of bills', 'plain'],
  'bill-bags.export': ['Downloaded the bags of a bill', 'plain'],
  'scans.export': ['Downloaded the list of scans', 'plain'],
  'returns.export': ['Downloaded the return tickets', 'plain'],
  'totals.export': ['Downloaded the figures of the days', 'plain'],
  'activity.export': ['Downloaded what each person did', 'plain'],
  'users.export': ['Downloaded the list of people', 'plain'],
  'bag.create': ['Made a bag', 'good'],
  'eod.send': ['Had the summary of a day mailed', 'plain'],
  'import.start': ['Began an import', 'plain'],
  'import.cancel': ['Ended an import', 'plain'],
  'job.run_again': ['Ran failed work again', 'plain'],
  'label.print': ['Printed labels', 'plain'],
  'bag.delete': ['Deleted a bag', 'bad'],
  'bag.reopen': ['Reopened a parent', 'plain'],
  'bag.set_children': ['Edited the children of a parent', 'plain'],
  'bag.unlink': ['Took a child out of a parent', 'bad'],
  'bill.create': ['Made a bill', 'good'],
  'bill.delete': ['Deleted a bill', 'bad'],
  'bill.edit': ['Changed a bill', 'plain'],
  'bill.finish': ['Completed a bill', 'gold'],
  'bill.remove_bag': ['Took a parent off a bill', 'bad'],
  'bill.reopen': ['Reopened a bill', 'plain'],
  'return.create': ['Opened a return ticket', 'good'],
  'return.edit': ['Changed a return ticket', 'plain'],
  'return.commit': ['Committed a return ticket', 'gold'],
  'return.cancel': ['Cancelled a return ticket', 'bad'],
  'return.add_bag': ['Took a parent back', 'plain'],
  'return.undo_bag': ['Put a returned parent back on its bill', 'plain'],
  area_create: ['Made an area', 'good'],
  area_delete: ['Deleted an area', 'bad'],
  area_edit: ['Renamed an area', 'plain'],
  family_create: ['Made a family', 'good'],
  family_delete: ['Deleted a family', 'bad'],
  family_edit: ['Changed a family', 'plain'],
  locked: ['Locked out by wrong passwords', 'bad'],
  password_change: ['Changed the own password', 'plain'],
  password_reset: ['Chose a new password by e-mail', 'plain'],
  password_reset_sent: ['Was sent a link for a new password', 'plain'],
  password_wrong: ['Typed a wrong password', 'bad'],
  profile: ['Changed the own name or e-mail', 'plain'],
  promotion_approve: ['Approved a promotion', 'gold'],
  promotion_ask: ['Asked to be an administrator', 'plain'],
  promotion_refuse: ['Refused a promotion', 'bad'],
  recovery_code_used: ['Used a recovery code', 'plain'],
  session_end: ['Ended a session', 'plain'],
  set_up: ['Made the first account', 'gold'],
  'settings.edit': ['Changed the settings', 'plain'],
  sign_in: ['Signed in', 'good'],
  sign_in_failed: ['Failed to sign in', 'bad'],
  sign_out: ['Signed out', 'plain'],
  two_factor_begin: ['Began to set up a second factor', 'plain'],
  two_factor_off: ['Took a second factor away', 'bad'],
  two_factor_on: ['Set up a second factor', 'good'],
  user_activate: ['Let an account in again', 'good'],
  user_approve: ['Approved an account', 'good'],
  user_create: ['Made an account', 'good'],
  user_delete: ['Deleted an account', 'bad'],
  user_edit: ['Changed an account', 'plain'],
  user_lock: ['Locked an account', 'bad'],
  user_password: ['Set somebody’s password', 'plain'],
  user_register: ['Asked for an account', 'plain'],
  user_register_failed: ['Asked for an account that could not be', 'bad'],
  user_role: ['Changed somebody’s role', 'gold'],
  user_sign_out: ['Signed somebody out everywhere', 'plain'],
  user_unlock: ['Unlocked an account', 'good'],
};

/** A newer server may tell of more than this page knows. */
const look = (action: string): Action =>
  (actions as Partial<Record<string, Action>>)[action] ?? [action.replace(/[._]/g, ' '), 'plain'];

export const auditWords = (action: string): string => look(action)[0];

export const auditTone = (action: string): Moment['tone'] => look(action)[1];

/** All of them, for whoever wants to choose one. */
export const auditActions: readonly string[] = Object.keys(actions);

/** The kinds of things, and where one of them is. */
const things: Record<string, { words: string; path?: (name: string, id: number) => string }> = {
  bag: { words: 'Bags', path: bagPath },
  bill: { words: 'Bills', path: billPath },
  return: { words: 'Return tickets', path: returnPath },
  user: { words: 'Accounts', path: (_, id) => userPath(id) },
  session: { words: 'Sessions' },
  promotion: { words: 'Promotions', path: () => '/promotions' },
  area: { words: 'Areas', path: () => '/areas' },
  family: { words: 'Families', path: () => '/families' },
  audit: { words: 'The audit log' },
};

export const auditThings: readonly { value: string; words: string }[] = Object.entries(things).map(
  ([value, { words }]) => ({ value, words }),
);

/** The page of a thing that is still there. */
function pathOf({ entity, entity_id, name }: AuditNote): string | undefined {
  return name === null || entity_id === null ? undefined : things[entity]?.path?.(name, entity_id);
}

/** One note of what somebody did; who that is says the page around it, and of himself nothing is said twice. */
export function auditMoment(note: AuditNote, ofUser: number | null = null): Moment {
  const { id, at, action, entity, entity_id, name, reason } = note;
  const isSelf = entity === 'user' && entity_id === ofUser;
  const code = name === null || isSelf ? undefined : { text: name, href: pathOf(note) };
  return { id, at: when(at), words: auditWords(action), code, note: reason ?? undefined, tone: auditTone(action) };
}

/** What was done something to; null where that is said already, or is no one thing. */
export function thingOf(note: AuditNote): { words: string; href: string | undefined } | null {
  const { user, entity, entity_id, name, before } = note;
  if (entity_id === null || (name !== null && name === user)) return null;
  if (name !== null) return { words: name, href: pathOf(note) };
  const { code, qr, name: old } = (before ?? {}) as Record<string, unknown>;
  return { words: String(code ?? qr ?? old ?? `${entity} ${entity_id}`), href: undefined };
}
