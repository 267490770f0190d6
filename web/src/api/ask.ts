/** Ask: what the client offers to the groups of calls, and what they are written with. */
import { isProblem, type Problem } from './problem';
import type { Paths } from './tables';

export type Method = keyof Paths;

/** Where a method can be sent, perhaps with a query. A path that the server does not have does not compile. */
export type Path<M extends Method> = Paths[M] | `${Paths[M]}?${string}`;

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
  call<M extends Method>(method: M, path: Path<M>, body?: unknown, options?: CallOptions): Promise<Reply>;
  /** The answer's JSON; throws ApiProblem for a refusal. */
  ask<T, M extends Method = Method>(method: M, path: Path<M>, body?: unknown, options?: CallOptions): Promise<T>;
  /** Throws when this reply is a refusal, telling apart ours from a stranger's. */
  refuse(reply: Reply): void;
  /** The raw answer, for streams and files. */
  send<M extends Method>(method: M, path: Path<M>, body: unknown, options: CallOptions): Promise<Response>;
}

/** The problem in this reply, or null when the refusal did not come from our server. */
export function problemOf(reply: Reply): Problem | null {
  return isJson(reply.headers) && isProblem(reply.body) ? reply.body : null;
}

/**
 * The verdict in this reply to a scan, or null when it holds none of ours: `good` comes with a success, any other with a
 * problem.
 */
export function verdictOf<V extends string>({ status, body, headers }: Reply, all: readonly V[], good: V): V | null {
  const isGood = status === 201 || status === 200;
  if (!isGood && problemOf({ status, body, headers }) === null) return null;
  const verdict = all.find((each) => each === (body as { verdict?: unknown } | null)?.verdict);
  return verdict !== undefined && isGood === (verdict === good) ? verdict : null;
}

export function isJson(headers: Headers): boolean {
  return /^application\/(problem\+)?json\b/i.test(headers.get('Content-Type') ?? '');
}

/** '?a=1&b=2' of everything that is set. */
export function query(of: object): '' | `?${string}` {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) {
    if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** One path segment: codes may hold anything that a label may hold. */
export const seg = encodeURIComponent;
