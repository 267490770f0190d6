/** Code: what a label says, once the noise of scanners and keyboards is off it. */

// Control characters, soft hyphen, zero-width and direction marks, byte-order mark.
const noise = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

// What some labels say around the number that is the bag's code.
const label = /LABEL *NO *[.:]? *(\d+)/;

/** The same cleaning as the server's, so that both compare the same text. */
export function clean(text: string): string {
  const code = text.replace(noise, '').trim().toUpperCase();
  return label.exec(code)?.[1] ?? code;
}

interface Family {
  pattern: RegExp;
  capacity: (code: string) => number;
}

/**
 * The families a fresh installation knows. The server decides what a code is; this is only a hint
 * for the moments when it cannot be asked, so that a parent is not queued as somebody's child.
 */
const families: readonly Family[] = [
  { pattern: /^SB\d{5}$/, capacity: () => 30 },
  { pattern: /^M444-\d{5}$/, capacity: () => 15 },
  { pattern: /^P\d+-\d+$/, capacity: (code) => Number(code.split('-')[1]) },
];

export function looksLikeParent(code: string): boolean {
  return families.some((family) => family.pattern.test(code));
}

/** How many children a parent of this code should hold, or null when the code says nothing. */
export function likelyCapacity(code: string): number | null {
  return families.find((family) => family.pattern.test(code))?.capacity(code) ?? null;
}
