import { query, type Asker } from './ask';
import type { Page } from './list';

export interface Hit {
  type: 'parent' | 'child' | 'bill' | 'user';
  code: string;
  detail: string | null;
}

export class SearchApi {
  constructor(private readonly api: Asker) {}

  /** Bags and bills: exact first, then by beginning, then by part. */
  find(q: string, signal?: AbortSignal): Promise<Page<Hit>> {
    const options = signal === undefined ? {} : { signal };
    return this.api.ask('GET', `/api/search${query({ q })}`, undefined, options);
  }
}
