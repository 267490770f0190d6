/**
 * Victim: a server with its own PostgreSQL, to be killed and started again in the same folder.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, program } from './tools';

export const adminPassword = 'an entirely private pass phrase';

export class Victim {
  readonly folder = mkdtempSync(join(tmpdir(), 'tracetrack-fault-'));
  port = 0;
  log = '';
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();

  get database(): string {
    return `host=${join(this.folder, 'data', 'postgres')} user=tracetrack dbname=tracetrack`;
  }

  async start(): Promise<void> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      ADMIN_PASSWORD: adminPassword,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warning',
    };
    const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--data', join(this.folder, 'data')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';

    this.child = child;
    this.ended = new Promise((settle) => child.once('close', settle));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    this.port = await new Promise<number>((settle, refuse) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const port = /is at http:\/\/[^\s]*:(\d+)/.exec((said += text))?.[1];
        if (port !== undefined) settle(Number(port));
      });
      void this.ended.then(() =>
        refuse(new Error(`the server ended instead of starting:\n${said}${this.log.slice(-3000)}`)),
      );
    });
  }

  async killServer(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  /** All of its processes, as a power cut would: none can tell another, none can finish. */
  async killPostgres(): Promise<void> {
    const pids = this.postgresPids();
    for (const pid of pids) signal(pid);
    while (pids.some(isAlive)) await pause(5);
  }

  remove(): void {
    this.child?.kill('SIGKILL');
    for (const pid of this.postgresPids()) signal(pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 50 });
  }

  private postgresPids(): number[] {
    try {
      const postmaster = Number(
        readFileSync(join(this.folder, 'data', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
      );
      return isAlive(postmaster) ? [postmaster, ...childrenOf(postmaster)] : [];
    } catch {
      return []; // there is none
    }
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** State and parent of a process; they stand behind its name, which is in brackets. */
function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
    return { state: state ?? 'X', parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** A zombie does nothing any more. */
function isAlive(pid: number): boolean {
  const state = statOf(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === parent);
}
