/** One page of any list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

export interface Paging {
  limit?: number;
  cursor?: string | null;
}
