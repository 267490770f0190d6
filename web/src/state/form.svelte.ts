/** Form: what every form does. It sends once, shows the server's words beside its fields, and keeps what was typed. */
import { tick } from 'svelte';
import { ApiProblem, type FieldError } from '../api';
import { sayReason } from '../words/messages';
import { sorry } from '../words/words';

/** What is wrong: with the whole form, or { field: words }. */
type Wrong = string | Record<string, string>;

export class Form {
  busy = $state(false);
  wrong = $state('');
  /** Seconds until the server listens again; it has said so. */
  wait = $state(0);
  private errors: Record<string, string> = $state({});
  private fields: Record<string, string> = {}; // all that check() has named

  /** What to say of a refusal that the server words too generally here; null: the server's own words. */
  constructor(private readonly words: (problem: ApiProblem) => Wrong | null = () => null) {}

  error(field: string): string {
    return this.errors[field] ?? '';
  }

  /** The field is being mended: what was wrong with it may be right now. */
  typed(field: string): void {
    delete this.errors[field];
  }

  /** Say what is missing, { field: words }; '' is nothing. True when nothing is. */
  check(errors: Record<string, string>): boolean {
    this.errors = this.fields = errors;
    this.wrong = '';
    if (Object.values(errors).every((words) => words === '')) return true;
    void goToFirstWrong();
    return false;
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
    const own = problem === null ? null : this.words(problem);
    const told = problem?.problem.errors ?? [];
    const shown = told.filter(({ field }) => field in this.fields);
    this.errors =
      own !== null && typeof own === 'object'
        ? own
        : Object.fromEntries(shown.map((error) => [error.field, fieldWords(error)]));
    this.wait = problem?.retryAfter ?? 0;
    if (Object.keys(this.errors).length > 0) return void goToFirstWrong();
    this.wrong = typeof own === 'string' ? own : told[0] === undefined ? wordsOf(error) : fieldWords(told[0]);
  }
}

const fieldWords = ({ reason, params, message }: FieldError): string => sayReason(reason, params, message);

/** What the server says, without the minutes of its detail: they would stand still here. */
function wordsOf(error: unknown): string {
  return error instanceof ApiProblem && error.retryAfter !== null ? error.problem.title : sorry(error);
}

/** In the dialog that is open, if there is one: nothing behind it can be reached. */
async function goToFirstWrong(): Promise<void> {
  await tick();
  const root = Array.from(document.querySelectorAll('dialog[open]')).pop() ?? document;
  root.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
}
