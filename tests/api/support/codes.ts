/** Codes that no other test uses, and orders that can be had again. */
let last = 0;

/** A mustard parent: holds 30. */
export function mustard(): string {
  return `SB${String(10_000 + ++last).padStart(5, '0')}`;
}

/** A parent that holds this many. */
export function counted(capacity: number): string {
  return `P${++last}-${capacity}`;
}

export function child(): string {
  return `KID${String(++last).padStart(6, '0')}`;
}

export function children(count: number): string[] {
  return Array.from({ length: count }, child);
}

export function billCode(): string {
  return `BILL-${String(++last).padStart(5, '0')}`;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy in another order. */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}
