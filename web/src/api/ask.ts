/** Ask: what the client offers to the groups of calls, and what they are written with. */
import { isProblem, type Problem } from './problem';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Reply<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}

export interface CallOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeout?: number;
}

/** Whoever sends calls. */
export interface Asker {
  readonly base: string;
  csrf: string;
  onSignedOut: () => void;
  /** One call, whatever the answer; throws only Unreachable. A body that is not JSON comes as text. */
  call<T = unknown>(method: Method, path: string, body?: unknown, options?: CallOptions): Promise<Reply<T>>;
  /** The answer's JSON; throws ApiProblem for a refusal. */
  ask<T>(method: Method, path: string, body?: unknown, options?: CallOptions): Promise<T>;
  /** Throws when this reply is a refusal, telling apart ours from a stranger's. */
  refuse(reply: Reply): void;
  /** The raw answer, for streams and files. */
  send(method: Method, path: string, body: unknown, options: CallOptions): Promise<Response>;
}

/** The problem in this reply, or null when the refusal did not come from our server. */
export function problemOf(reply: Reply): Problem | null {
  return isJson(reply.headers) && isProblem(reply.body) ? reply.body : null;
}

export function isJson(headers: Headers): boolean {
  return /^application\/(problem\+)?json\b/i.test(headers.get('Content-Type') ?? '');
}

/** '?a=1&b=2' of everything that is set. */
export function query(of: object): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) {
    if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** One path segment: codes may hold anything that a label may hold. */
export const seg = encodeURIComponent;
