/**
 * Client: one signed-in conversation with the server, in the browser or in Node.
 *
 * Three outcomes and no others: an answer, an ApiProblem (the server said no), or Unreachable (no
 * answer of ours). A captive portal's page is Unreachable, because it is not our JSON.
 */
import { EntranceApi, NotificationsApi, ProfileApi, SecondFactorApi, SessionsApi } from './account';
import { isJson, problemOf, type Asker, type CallOptions, type Method, type Reply } from './ask';
import { AuditApi } from './audit';
import { BagsApi, ParentsApi } from './bags';
import { BillsApi } from './bills';
import { CookieJar } from './cookies';
import { AreasApi, FamiliesApi, PromotionsApi, UsersApi } from './people';
import { ApiProblem, Unreachable } from './problem';
import { ReturnsApi } from './returns';
import { ScansApi } from './scans';
import { SearchApi } from './search';
import { SessionApi, SetupApi } from './session';
import { StatsApi } from './stats';

export interface ApiOptions {
  base?: string; // 'http://127.0.0.1:5000' from Node; '' in a browser
  fetch?: typeof fetch;
  jar?: CookieJar | null; // default: one in Node, none in a browser
  timeout?: number; // milliseconds for one call
  unattended?: boolean; // nobody is at it: what is asked does not keep the session open
}

const inBrowser = typeof document !== 'undefined';

export class Api implements Asker {
  readonly base: string;
  readonly jar: CookieJar | null;
  csrf = '';
  /** Called whenever the server says that nobody is signed in. */
  onSignedOut: () => void = () => undefined;
  /** Called with the slug of every 403: it may be about something that has to be done first. */
  onForbidden: (slug: string) => void = () => undefined;

  readonly session = new SessionApi(this);
  readonly setup = new SetupApi(this);
  readonly scans = new ScansApi(this);
  readonly parents = new ParentsApi(this);
  readonly bags = new BagsApi(this);
  readonly bills = new BillsApi(this);
  readonly returns = new ReturnsApi(this);
  readonly stats = new StatsApi(this);
  readonly search = new SearchApi(this);
  readonly entrance = new EntranceApi(this);
  readonly profile = new ProfileApi(this);
  readonly secondFactor = new SecondFactorApi(this);
  readonly sessions = new SessionsApi(this);
  readonly notifications = new NotificationsApi(this);
  readonly users = new UsersApi(this);
  readonly areas = new AreasApi(this);
  readonly families = new FamiliesApi(this);
  readonly promotions = new PromotionsApi(this);
  readonly audit = new AuditApi(this);

  private readonly fetch: typeof fetch;
  private readonly timeout: number;
  private readonly unattended: boolean;

  constructor(options: ApiOptions = {}) {
    this.base = (options.base ?? '').replace(/\/$/, '');
    this.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.jar = options.jar === undefined ? (inBrowser ? null : new CookieJar()) : options.jar;
    this.timeout = options.timeout ?? 15_000;
    this.unattended = options.unattended ?? false;
  }

  async call<T = unknown>(method: Method, path: string, body?: unknown, options: CallOptions = {}): Promise<Reply<T>> {
    const limit = timeLimit(options.timeout ?? this.timeout, options.signal);
    try {
      const answer = await this.send(method, path, body, { ...options, signal: limit.signal });
      const text = await answer.text();
      return { status: answer.status, body: parse(text, answer.headers) as T, headers: answer.headers };
    } catch (error) {
      throw new Unreachable(error instanceof Error ? error.message : String(error));
    } finally {
      limit.stop();
    }
  }

  async ask<T>(method: Method, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
    const reply = await this.call<T>(method, path, body, options);
    this.refuse(reply);
    if (reply.status !== 204 && !isJson(reply.headers)) throw new Unreachable('the answer is not ours');
    return reply.body;
  }

  refuse(reply: Reply): void {
    if (reply.status >= 200 && reply.status < 300) return;
    const problem = problemOf(reply);
    if (problem === null) throw new Unreachable(`answer ${reply.status} is not ours`);
    const wait = Number(reply.headers.get('Retry-After') ?? '');
    const refusal = new ApiProblem(problem, wait > 0 ? wait : null);
    if (refusal.slug === 'signed_out') this.onSignedOut();
    if (refusal.status === 403) this.onForbidden(refusal.slug);
    throw refusal;
  }

  async send(method: Method, path: string, body: unknown, options: CallOptions): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
    /* Of a form the browser knows the boundary between its parts. */
    const isForm = body instanceof FormData;
    if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
    if (this.unattended) headers['X-Unattended'] = '1';
    if (method !== 'GET' && this.csrf !== '') headers['X-CSRFToken'] = this.csrf;
    const cookie = this.jar?.header() ?? '';
    if (cookie !== '') headers['Cookie'] = cookie;

    const init: RequestInit = { method, headers, credentials: 'same-origin', redirect: 'manual', cache: 'no-store' };
    if (body !== undefined) init.body = typeof body === 'string' || isForm ? body : JSON.stringify(body);
    if (options.signal !== undefined) init.signal = options.signal;
    const answer = await this.fetch(this.base + path, init);
    this.jar?.keep(answer.headers);
    return answer;
  }
}

function parse(text: string, headers: Headers): unknown {
  if (!isJson(headers)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** AbortSignal.any and .timeout are younger than the phones that have to run this. */
function timeLimit(milliseconds: number, outer?: AbortSignal): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, milliseconds);
  if (outer?.aborted === true) abort();
  outer?.addEventListener('abort', abort);
  const stop = () => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, stop };
}
