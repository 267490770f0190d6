import type { Problem as Slug } from './tables';

/** Problem: the server's own "no", as RFC 9457 describes it. */
export interface Problem {
  reason?: string; // why, by the server's key: one of its words, or the problem's own slug
  params?: Record<string, string | number>;
  type: string; // /problems/<slug>
  title: string; // for a person
  status: number;
  detail?: string;
  request_id?: string;
  verdict?: string;
  errors?: FieldError[];
  parent?: unknown;
  where?: string;
  bill?: unknown;
  bag?: unknown;
  child?: string;
}

export interface FieldError {
  field: string;
  message: string; // in English
  reason?: string;
  params?: Record<string, string | number>;
}

/** Thrown where the server said no. `slug` is the last part of the problem's type. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly slug: Slug; // or that of a newer server

  constructor(
    readonly problem: Problem,
    readonly retryAfter: number | null = null,
  ) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.slug = problem.type.replace('/problems/', '') as Slug;
  }

  /** What the server says about one field of the form, or ''. */
  field(name: string): string {
    return this.problem.errors?.find((error) => error.field === name)?.message ?? '';
  }
}

/** Thrown where no answer of ours came: no network, a time-out, a captive portal's page. */
export class Unreachable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unreachable';
  }
}

export function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  const { type, title, status } = body as Partial<Record<keyof Problem, unknown>>;
  return typeof type === 'string' && typeof title === 'string' && typeof status === 'number';
}
