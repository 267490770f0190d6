/** Pager: a list that loads page after page and keeps what it had when a page fails. */
import { ApiProblem, type Page } from '../api';
import { whenBack } from './session.svelte';
import { sorry } from '../words/words';

/** Rows that fill a screen, and how often to look for them before the person is asked. */
const enough = 30;
const looksMax = 40;

type Load<T> = (cursor: string | null) => Promise<Page<T>>;

export class Pager<T> {
  items: T[] = $state.raw([]);
  total: number | null = $state(null); // known at the end at the latest
  atLeast = $state(0); // where it isn't: as far as was counted
  loading = $state(true);
  error = $state('');
  started = $state(false);
  private next: string | null = $state(null);
  private turn = 0;

  constructor(private load: Load<T>) {}

  /** Another one in the place of this one, where something was done to it. */
  swap(old: T, now: T): void {
    this.items = this.items.map((item) => (item === old ? now : item));
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  /** From the beginning, perhaps with other filters. */
  async restart(load: Load<T> = this.load): Promise<void> {
    this.load = load;
    await this.fetch(null);
  }

  async more(): Promise<void> {
    if (this.next !== null && !this.loading) await this.fetch(this.next);
  }

  async again(): Promise<void> {
    await this.fetch(this.items.length === 0 ? null : this.next);
  }

  /** A page; where the server looks through much and finds little, as many more looks as may be. */
  private async look(cursor: string | null): Promise<Page<T>> {
    const first = await this.load(cursor);
    const items = [...first.items];
    let last = first;
    for (
      let looks = 1;
      last.partial === true && last.next !== null && items.length < enough && looks < looksMax;
      looks++
    ) {
      last = await this.load(last.next);
      items.push(...last.items);
    }
    return { ...first, items, next: last.next };
  }

  private async fetch(cursor: string | null): Promise<void> {
    const turn = ++this.turn;
    this.loading = true;
    this.error = '';
    try {
      const page = await this.look(cursor);
      if (turn !== this.turn) return; // the filters changed meanwhile
      this.items = cursor === null ? page.items : [...this.items, ...page.items];
      this.next = page.next;
      if (page.next === null) this.total = this.items.length;
      else if (page.total !== null || cursor === null) this.total = page.total;
      if (cursor === null) this.atLeast = page.total_at_least ?? 0;
      this.started = true;
    } catch (error) {
      if (turn !== this.turn) return;
      this.error = sorry(error);
      if (error instanceof ApiProblem && error.slug === 'signed_out')
        whenBack(() => turn === this.turn && this.again());
    } finally {
      if (turn === this.turn) this.loading = false;
    }
  }
}
