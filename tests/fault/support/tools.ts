/**
 * Tools: what the fault tests run beside the server -- the storm, psql, and the recount.
 */
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';

export const program = resolve(process.env['TRACETRACK'] ?? 'build/tracetrack');
const storm = join(dirname(program), 'bench', 'storm');

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Whatever the program's exit status is: the caller judges it. */
export function run(file: string, args: string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(file, args, { timeout: 300_000, maxBuffer: 1 << 26 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      settle({ code, out, err: code === -1 ? `${file}: ${error?.message}\n${err}` : err });
    });
  });
}

export function stormRun(mode: string, ports: number[], args: (string | number)[]): Promise<Ended> {
  return run(storm, [mode, ...ports.flatMap((port) => ['--port', String(port)]), ...args.map(String)]);
}

export interface Pass {
  cookie: string;
  csrf: string;
}

export async function signIn(port: number, user: string, password: string): Promise<Pass> {
  const { code, out, err } = await stormRun('sign-in', [port], ['--user', user, '--password', password]);
  const [cookie, csrf] = out.split('\n');
  if (code !== 0 || cookie === undefined || csrf === undefined) throw new Error(`sign-in: ${err}`);
  return { cookie, csrf };
}

export function passArgs(pass: Pass): string[] {
  return ['--cookie', pass.cookie, '--csrf', pass.csrf];
}

/** "" when every kept figure is what counting gives. */
export async function differences(database: string): Promise<string> {
  const { code, out, err } = await run(program, ['sync-check', '--database', database]);
  return code === 0 ? '' : out + err;
}

/** The rows of the last statement, one line each. */
export async function sql(database: string, ...statements: string[]): Promise<string> {
  const { code, out, err } = await run('psql', [
    '-X',
    '-q',
    '-A',
    '-t',
    '-v',
    'ON_ERROR_STOP=1',
    '-d',
    database,
    ...statements.flatMap((s) => ['-c', s]),
  ]);
  if (code !== 0) throw new Error(`psql: ${err}`);
  return out.trim();
}

/** Numbers that look random and come again with the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function seedOfThisRun(): number {
  return Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
}

export const pause = (ms: number): Promise<void> => new Promise((settle) => setTimeout(settle, ms));
