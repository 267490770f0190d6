/** The program as a command: what it said, and how it ended. */
import { spawn } from 'node:child_process';
import { program } from './server';

export interface Run {
  code: number | null;
  said: string;
  complaint: string;
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>; // beside PATH: none of the caller's settings
  input?: string;
  command?: string; // another program than ours
}

export function run(words: readonly string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((settle, refuse) => {
    const env: Record<string, string> = { ...options.env };
    for (const name of ['PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS', 'TSAN_OPTIONS']) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    const child = spawn(options.command ?? program, words, {
      env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const it: Run = { code: null, said: '', complaint: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (it.said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (it.complaint += text));
    child.once('error', refuse).once('close', (code) => settle({ ...it, code }));
    child.stdin.on('error', () => undefined).end(options.input ?? '');
  });
}
