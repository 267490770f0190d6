/** Form: what every form does. It sends once, shows the server's words beside its fields, and keeps what was typed. */
import { ApiProblem } from '../api';
import { sorry } from './words';

export class Form {
  busy = $state(false);
  wrong = $state('');
  /** Seconds until the server listens again; it has said so. */
  wait = $state(0);
  private errors: Record<string, string> = $state({});
  private fields: Record<string, string> = {}; // all that check() has named

  /** Words for a refusal that the server words too generally here, or null. */
  constructor(private readonly words: (problem: ApiProblem) => string | null = () => null) {}

  error(field: string): string {
    return this.errors[field] ?? '';
  }

  /** Say what is missing, { field: words }; '' is nothing. True when nothing is. */
  check(errors: Record<string, string>): boolean {
    this.errors = this.fields = errors;
    this.wrong = '';
    return Object.values(errors).every((words) => words === '');
  }

  /** Send, unless it is being sent. True when it went well. */
  async send(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    Object.assign(this, { busy: true, wrong: '', wait: 0, errors: {} });
    try {
      await act();
      return true;
    } catch (error) {
      this.refuse(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  private refuse(error: unknown): void {
    const problem = error instanceof ApiProblem ? error : null;
    const fields = problem?.problem.errors ?? [];
    const shown = fields.filter(({ field }) => field in this.fields);
    this.errors = Object.fromEntries(shown.map(({ field, message }) => [field, message]));
    this.wait = problem?.retryAfter ?? 0;
    if (shown.length === 0) this.wrong = (problem === null ? null : this.words(problem)) ?? fields[0]?.message ?? sorry(error);
  }
}
