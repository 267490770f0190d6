/**
 * Secrets: every password, token, cookie and code that the tests have sent or were told, so that
 * what the server keeps and logs can be searched for all of them.
 */
import { adminPassword, sessionSecret, type Server } from './server';
import { sql } from './sql';

/** Fields of bodies, at any depth, that are nobody else's business. */
const fields = ['password', 'current', 'token', 'csrf', 'secret', 'recovery_codes'] as const;

type Kind = (typeof fields)[number] | 'cookie';

/** Shorter ones ("wrong") are words that stand anywhere. */
const shortest = 8;

const noted = new Set([adminPassword, sessionSecret]);
const kinds = new Set<Kind>();

function note(kind: Kind, value: unknown): void {
  if (Array.isArray(value)) for (const each of value) note(kind, each);
  if (typeof value !== 'string' || value.length < shortest) return;
  noted.add(value);
  kinds.add(kind);
}

function noteFields(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const field of fields) note(field, (value as Record<string, unknown>)[field]);
  for (const each of Object.values(value)) noteFields(each);
}

/** What a body has of them; a body that is not JSON has none. */
export function noteBody(text: string): void {
  try {
    noteFields(JSON.parse(text));
  } catch {
    // Some tests send what is no JSON.
  }
}

export function noteHeaders(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'x-csrftoken') note('csrf', value);
    // `<org>.<session>.<secret>.<signature>`: the first two are no secrets.
    if (/^(set-)?cookie$/i.test(name)) note('cookie', value.split(';')[0]?.split('=')[1]?.split('.').slice(2));
  }
}

/** The kinds of secrets that were not met so far. */
export function kindsMissing(): Kind[] {
  return ([...fields, 'cookie'] as const).filter((kind) => !kinds.has(kind));
}

/** Which of these texts stand in one that holds JSON, as they are or as JSON writes them. */
function found(texts: Iterable<string>, place: string): string[] {
  return [...texts].filter((text) => place.includes(text) || place.includes(JSON.stringify(text).slice(1, -1)));
}

/** Which of these texts stand in any column of the audit log of the first server, and in the logs of all. */
export async function leaks(
  servers: readonly [Server, ...Server[]],
  texts: Iterable<string> = noted,
): Promise<{ audit: string[]; log: string[] }> {
  const notes = await sql(servers[0], 'SELECT to_jsonb(a) FROM audit_log a');
  return { audit: found(texts, notes.flat().join('\n')), log: found(texts, servers.map(({ log }) => log).join('\n')) };
}
