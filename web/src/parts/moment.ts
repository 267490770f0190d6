/** Moment: one thing that happened, in words. */
export interface Moment {
  id: string | number;
  at: string;
  words: string;
  code?: { text: string; href?: string | undefined } | undefined; // without an address for people who may not go there
  note?: string | undefined;
  tone: 'good' | 'bad' | 'plain' | 'gold';
}
