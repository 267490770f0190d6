/** SQL at a server's private PostgreSQL, as its superuser: for what no route can do. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Server } from './server';

const run = promisify(execFile);

/** The program itself: the one in PATH may be a wrapper that takes longer than the statement. */
const psql = (() => {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => `/usr/lib/postgresql/${version}/bin/psql`).find((path) => existsSync(path)) ?? 'psql';
})();

/** The rows, each a list of texts. */
export async function sql(server: Server, statement: string): Promise<string[][]> {
  const { stdout } = await run(psql, ['-XqAt', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-d', server.database, '-c', statement], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n').map((line) => line.split('\t'));
}

export async function sqlValue(server: Server, statement: string): Promise<string> {
  return (await sql(server, statement))[0]?.[0] ?? '';
}

/** A text as it stands in a statement. */
export function quote(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}

let tables: Promise<string[]> | undefined;

/**
 * A digest of every row (of one organisation, or of all), so that a test can say "nothing changed".
 * What moves by itself is left out: a session's time of use, and the seals that follow the audit log.
 */
export async function fingerprint(server: Server, orgId?: number): Promise<Record<string, string>> {
  tables ??= sql(
    server,
    `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname NOT IN ('session', 'audit_head', 'audit_pending', 'audit_seal') ORDER BY 1`,
  ).then((rows) => rows.map(([name = '']) => name));
  const where = orgId === undefined ? '' : `WHERE org_id = ${orgId}`;
  const each = (await tables).map(
    (table) => `SELECT '${table}', count(*) || ' ' || COALESCE(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM ${table} t ${where}`,
  );
  return Object.fromEntries((await sql(server, each.join(' UNION ALL '))) as [string, string][]);
}
