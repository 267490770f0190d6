/** SQL at a server's private PostgreSQL, as its superuser: for what no route can do. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import type { Server } from './server';

/** The program itself: the one in PATH may be a wrapper that takes longer than the statement. */
export const psql = (() => {
  const versions = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
    : [];
  return (
    versions.map((version) => `/usr/lib/postgresql/${version}/bin/psql`).find((path) => existsSync(path)) ?? 'psql'
  );
})();

/** One psql for all statements at a server: starting it takes longer than most of them. */
class Session {
  private said = '';
  private complaint = '';
  private last: Promise<unknown> = Promise.resolve();
  private readonly child: ChildProcess;

  constructor(server: Server) {
    this.child = spawn(psql, ['-XqAt', '-F', '\t', '-d', server.database], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.complaint += text));
    this.child.stdin?.on('error', () => undefined);
    server.onEnd(() => this.child.kill());
  }

  run(statement: string): Promise<string> {
    const answer = this.last.then(() => this.ask(statement));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  /** Several statements go as one (\;), so that the error of any of them is told at the end. */
  private ask(statement: string): Promise<string> {
    this.said = '';
    this.complaint = '';
    this.child.stdin?.write(`${statement.replace(/;\s+/g, ' \\; ')};\n\\echo ${end} :ERROR\n`);
    return new Promise((settle, refuse) => {
      const look = (): void => {
        const at = this.said.indexOf(end);
        if (at < 0 || !this.said.endsWith('\n')) return;
        done();
        if (this.said.slice(at).includes('true'))
          setTimeout(() => refuse(new Error(`${this.complaint}${statement}`)), 20);
        else settle(this.said.slice(0, at));
      };
      const gone = (): void => {
        done();
        refuse(new Error(`psql ended: ${this.complaint}${statement}`));
      };
      const done = (): void => {
        this.child.stdout?.off('data', look);
        this.child.off('close', gone);
        this.child.off('error', gone);
      };
      this.child.stdout?.on('data', look);
      this.child.once('close', gone);
      this.child.once('error', gone);
    });
  }
}

const end = '-- that was all --';
const sessions = new WeakMap<Server, Session>();

/** The rows, each a list of texts. */
export async function sql(server: Server, statement: string): Promise<string[][]> {
  let session = sessions.get(server);
  if (session === undefined) {
    session = new Session(server);
    sessions.set(server, session);
  }
  const text = await session.run(statement);
  return text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.split('\t'));
}

export async function sqlValue(server: Server, statement: string): Promise<string> {
  return (await sql(server, statement))[0]?.[0] ?? '';
}

/** One statement, however broken, by a psql of its own: what it prints, complaints included. */
export function sqlOnce(server: Server, statement: string): Promise<string> {
  return new Promise((settle) =>
    execFile(psql, ['-XqAt', '-d', server.database, '-c', statement], (_, said, complaint) => settle(said + complaint)),
  );
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
  await jobsDone(server);
  tables ??= sql(
    server,
    `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname NOT IN ('session', 'audit_head', 'audit_pending', 'audit_seal', 'job') ORDER BY 1`,
  ).then((rows) => rows.map(([name = '']) => name));
  const where = orgId === undefined ? '' : `WHERE org_id = ${orgId}`;
  const each = (await tables).map(
    (table) =>
      `SELECT '${table}', count(*) || ' ' || COALESCE(md5(string_agg(row, '|' ORDER BY row)), '')
         FROM (SELECT (to_jsonb(t) - 'eod_last')::text AS row FROM ${table} t ${where}) r`,
  );
  return Object.fromEntries((await sql(server, each.join(' UNION ALL '))) as [string, string][]);
}

/** What the server does by itself comes soon after what asked for it; it may not come between two looks. */
async function jobsDone(server: Server): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (
      (await sqlValue(
        server,
        "SELECT count(*) FROM job WHERE state IN ('queued', 'running') AND due_at < now() + interval '1 minute'",
      )) === '0'
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the jobs come to no end');
}
