/**
 * Ranks: whether two lots of measurements come from the same source (Mann and Whitney's U test).
 *
 * It compares ranks, so neither the shape of the noise nor a few slow answers of a busy machine
 * matter; and where the lots were taken in a random order, such a machine slows both down alike.
 */

export interface Comparison {
  /** How often a measurement of the one is above one of the other; 0.5 when they are alike. */
  above: number;
  /** How likely a difference of that size is by chance. */
  chance: number;
}

export function compare(one: readonly number[], other: readonly number[]): Comparison {
  const all = [...one.map((value) => ({ value, mine: true })), ...other.map((value) => ({ value, mine: false }))].sort(
    (a, b) => a.value - b.value,
  );
  let rankSum = 0;
  let ties = 0;
  for (let from = 0, to = 0; from < all.length; from = to) {
    while (to < all.length && all[to]?.value === all[from]?.value) to++;
    const count = to - from;
    ties += count ** 3 - count;
    rankSum += all.slice(from, to).filter(({ mine }) => mine).length * ((from + 1 + to) / 2);
  }
  const [n, m, sum] = [one.length, other.length, all.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const deviation = Math.sqrt(((n * m) / 12) * (sum + 1 - ties / (sum * (sum - 1))));
  return { above: u / (n * m), chance: deviation === 0 ? 1 : twoSided((u - (n * m) / 2) / deviation) };
}

/**
 * Only a difference that chance brings once in a million times, and that one can see as well, tells
 * them apart.
 */
export function areApart({ above, chance }: Comparison): boolean {
  return chance < 1e-6 && Math.abs(above - 0.5) > 0.2;
}

/** The share of a normal distribution that is as far out (Abramowitz and Stegun 26.2.17). */
function twoSided(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 2 * tail * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
}
