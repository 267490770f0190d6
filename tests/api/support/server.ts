/**
 * Server: the real program, on a free port of 127.0.0.1, with a folder of its own.
 *
 * Without `database` it runs its own private PostgreSQL in that folder. Whatever happens -- a failed
 * test, Ctrl-C, an exception -- process, PostgreSQL and folder are gone when the tests end.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const program = resolve(process.env['TRACETRACK'] ?? 'build/tracetrack');
export const adminPassword = 'an entirely private pass phrase';

/** One key for all, so that a cookie of one server is good at another that shares its database. */
export const sessionSecret = 'only-for-tests-0123456789-0123456789';

const started = new Set<Server>();

export interface ServerOptions {
  database?: string; // a connection string; default: a PostgreSQL of its own
  settings?: Record<string, string>; // option name -> value
  env?: Record<string, string>; // '' takes a variable away
}

export class Server {
  readonly folder = mkdtempSync(join(tmpdir(), 'tracetrack-api-'));
  port = 0;
  /** What it wrote to stderr: its log, and what a sanitizer has to say. */
  log = '';
  /** What it wrote to stdout: where it is, and the one-time link. */
  said = '';
  private readonly closers: (() => void)[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;

  private constructor(options: ServerOptions) {
    const settings = Object.entries(options.settings ?? {}).flatMap(([name, value]) => [
      `--${name.replace(/_/g, '-')}`,
      value,
    ]);
    started.add(this);
    this.child = spawn(
      program,
      ['serve', '--listen', '127.0.0.1:0', '--data', join(this.folder, 'data'), ...settings],
      {
        env: plainEnvironment(options),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    this.ended = new Promise((settle) => {
      this.child.once('error', () => settle(null));
      this.child.once('close', settle);
    });
  }

  /** Resolves once it answers. */
  static async start(options: ServerOptions = {}): Promise<Server> {
    const server = new Server(options);
    try {
      server.port = await server.listening();
      return server;
    } catch (error) {
      server.remove();
      throw error;
    }
  }

  get base(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The folder of the private PostgreSQL's socket. */
  get socket(): string {
    return join(this.folder, 'data', 'postgres');
  }

  /** How another server, or psql, comes to the same database. */
  get database(): string {
    return `host=${this.socket} user=postgres dbname=tracetrack`;
  }

  /** What has to happen before its database goes. */
  onEnd(close: () => void): void {
    this.closers.push(close);
  }

  /** Stop it as an operator would, and throw if it was not well to the end. */
  async stop(): Promise<void> {
    this.close();
    this.child.kill('SIGTERM');
    const code = await this.ended;
    const complaint = complaints(this.log);
    this.remove();
    if (code !== 0) throw new Error(`the server ended with ${code}:\n${this.log.slice(-4000)}`);
    if (complaint !== '') throw new Error(`the server complained:\n${complaint}`);
  }

  /** At once and without a word: for when the tests themselves end early. */
  remove(): void {
    started.delete(this);
    this.close();
    this.child.kill('SIGKILL');
    killPostgres(this.socket);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  private close(): void {
    for (const close of this.closers.splice(0)) close();
  }

  private listening(): Promise<number> {
    return new Promise((settle, refuse) => {
      const limit = setTimeout(() => refuse(new Error(`the server does not start:\n${this.said}${this.log}`)), 60_000);
      this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
        const port = /is at http:\/\/[^\s]*:(\d+)/.exec(this.said)?.[1];
        if (port === undefined) return;
        clearTimeout(limit);
        settle(Number(port));
      });
      void this.ended.then((code) => {
        clearTimeout(limit);
        refuse(new Error(`${program} ended with ${code} instead of starting:\n${this.said}${this.log}`));
      });
    });
  }
}

/** None of the caller's settings: the tests say what they need. */
function plainEnvironment(options: ServerOptions): Record<string, string> {
  const env: Record<string, string> = { ADMIN_PASSWORD: adminPassword, SESSION_SECRET: sessionSecret };
  for (const name of [
    'PATH',
    'HOME',
    'TMPDIR',
    'LANG',
    'ASAN_OPTIONS',
    'UBSAN_OPTIONS',
    'LSAN_OPTIONS',
    'TSAN_OPTIONS',
  ]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  if (options.database !== undefined) env['DATABASE_URL'] = options.database;
  return Object.fromEntries(Object.entries({ ...env, ...options.env }).filter(([, value]) => value !== ''));
}

/** The lines of a log that no good run has: sanitizer reports and errors. */
function complaints(log: string): string {
  const report = /^.*(?:(?:Address|Leak|Thread|UndefinedBehavior)Sanitizer|runtime error:)[^]*/m.exec(log)?.[0] ?? '';
  const errors = log.split('\n').filter((line) => line.includes('"level":"error"'));
  return [...errors, report.slice(0, 8000)].filter((text) => text !== '').join('\n');
}

/** A killed server leaves its PostgreSQL running, on purpose. */
function killPostgres(folder: string): void {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!(pid > 1)) return;
  try {
    process.kill(pid, 'SIGQUIT');
    while (existsSync(file) && process.kill(pid, 0)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  } catch {
    // It is gone.
  }
}

function removeAll(): void {
  for (const server of [...started].reverse()) server.remove();
}

process.once('exit', removeAll);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => process.exit(code));
