/** Detail: one thing that a page is about. What was there stays while it is asked for again. */
import { ApiProblem } from '../api';
import { sorry } from '../words/words';

export class Detail<T> {
  value: T | null = $state.raw(null);
  missing = $state(false);
  error = $state('');

  /** `onLoad` hears of every answer: what belongs to the thing may have changed with it. */
  constructor(
    private readonly ask: () => Promise<T>,
    private readonly onLoad: (value: T) => unknown = () => undefined,
  ) {}

  async load(): Promise<void> {
    this.error = '';
    try {
      this.value = await this.ask();
      await this.onLoad(this.value);
    } catch (problem) {
      this.missing = problem instanceof ApiProblem && problem.status === 404;
      if (!this.missing) this.error = sorry(problem);
    }
  }
}
