/** One page of any list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
  total_at_least?: number; // counting ended here
  partial?: true; // the server looked through much and found little; `next` goes on looking
}

export interface Paging {
  limit?: number;
  cursor?: string | null;
}
