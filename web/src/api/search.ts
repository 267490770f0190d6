import { query, type Asker } from './ask';
import type { Page } from './list';

export interface Hit {
  type: 'parent' | 'child' | 'bill' | 'return' | 'user';
  code: string;
  detail: string | null;
  id: number | null; // of a person alone
}

export interface Found extends Page<Hit> {
  near: Hit[]; // when there are none: what has a code that differs in one character
}

export class SearchApi {
  constructor(private readonly api: Asker) {}

  /** Bags, bills, return tickets, and for administrators people: exact first, then by beginning, then by part. */
  find(q: string, signal?: AbortSignal): Promise<Found> {
    const options = signal === undefined ? {} : { signal };
    return this.api.ask('GET', `/api/search${query({ q })}`, undefined, options);
  }
}
