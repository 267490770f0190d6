/** What tests of the HTTP contract say again and again. */
import assert from 'node:assert/strict';
import { ApiProblem, type Api, type Method, type Problem, type Reply } from '../../../web/src/api';

/** The refusal of a call: its status, the slug of its type, and the problem itself. */
export async function refusal(call: Promise<unknown>): Promise<ApiProblem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'the call went well' });
}

export async function refused(call: Promise<unknown>, status: number, slug: string): Promise<ApiProblem> {
  const problem = await refusal(call);
  assert.deepEqual([problem.status, problem.slug], [status, slug], problem.message);
  return problem;
}

/** That a reply is a well-formed problem of this status (and slug). */
export function isRefusal(reply: Reply, status: number, slug?: string): Problem {
  const body = reply.body as Problem;
  assert.equal(reply.status, status, JSON.stringify(body));
  assert.match(reply.headers.get('Content-Type') ?? '', /^application\/problem\+json$/);
  assert.equal(body.status, status);
  assert.match(body.type, /^\/problems\/[a-z_]+$/);
  assert.ok(body.title.length > 0);
  assert.equal(body.request_id, reply.headers.get('X-Request-ID'));
  if (slug !== undefined) assert.equal(body.type, `/problems/${slug}`);
  return body;
}

/** The answer of a call that has to go well. */
export async function fine<T>(api: Api, method: Method, path: string, body?: unknown): Promise<T> {
  const reply = await api.call<T>(method, path, body);
  assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** An answer without what differs from one telling to the next. */
export function told(reply: Reply): { status: number; body: unknown } {
  const body = typeof reply.body === 'object' ? { ...(reply.body as object), request_id: undefined } : reply.body;
  return { status: reply.status, body };
}

/** Wait until it holds, within the time given. */
export async function within(milliseconds: number, holds: () => Promise<boolean> | boolean): Promise<boolean> {
  const until = Date.now() + milliseconds;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
