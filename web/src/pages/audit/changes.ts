/** Changes: what a note of the audit log says about before and after, field by field. */
export interface Change {
  field: string;
  old: string | null; // null: there was none
  now: string | null;
}

type Fields = Record<string, unknown>;

/** What a field is called, where its own name says too little. */
const names: Record<string, string> = {
  qr: 'code',
  linked: 'parents on it',
  freed: 'parents set free',
  returned: 'parents come back',
  short_reason: 'reason to finish short',
  child_weight_kg: 'weight of a child in kg',
  username: 'user name',
  email: 'e-mail',
  state: 'account',
};

const nameOf = (field: string): string => names[field] ?? field.replace(/_/g, ' ');

/** A note has objects; whatever else a newer server sends is one field. */
const fieldsOf = (of: unknown): Fields =>
  of === null || of === undefined ? {} : typeof of === 'object' && !Array.isArray(of) ? (of as Fields) : { value: of };

function words(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item) => words(item) ?? '').join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value).replace(/_/g, ' ');
}

/** Of two lists only what one of them has. */
function change(field: string, before: unknown, after: unknown): Change {
  const lists = Array.isArray(before) && Array.isArray(after);
  const old = lists ? before.filter((item) => !after.includes(item)) : before;
  const now = lists ? after.filter((item) => !before.includes(item)) : after;
  return { field: nameOf(field), old: words(old), now: words(now) };
}

/** Each field that is another one after than it was before. */
export function changes(before: unknown, after: unknown): Change[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => change(field, was[field], is[field]))
    .filter(({ old, now }) => old !== now);
}
