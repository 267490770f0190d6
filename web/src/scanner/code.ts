/** Code: what a label says, once the noise of scanners and keyboards is off it. */

// What the server's text_clean() takes away: control, zero-width and direction characters, soft hyphen.
const unseen =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const blanks = /[\s\u0085]+/g;

// What some labels say around the number that is the bag's code.
const separators = '[ .:\\-\u2010-\u2015\u2212]*';
const label = new RegExp(`LABEL${separators}(?:NO|NUMBER)${separators}([0-9]+)`);

// What a scanner tells of the symbology in front of the code, when it is set to (ISO/IEC 15424).
const aimIdentifiers = /^(?:\][A-Z][0-9] ?)+/;

const bytesMax = 100;

/** The same as the server's bag_code_clean(), so that both compare the same text: tests/data/codes.json. */
export function clean(text: string): string {
  const plain = fold(text.replace(unseen, '')).replace(blanks, ' ').trim().replace(aimIdentifiers, '');
  return cut(label.exec(plain)?.[1] ?? plain);
}

/** The server's unicode_fold(): width, composition and case make no difference, and upper case is shown. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC');
}

/** Longer text can't be a code. A decoder that expects more keeps half a character to itself. */
function cut(code: string): string {
  const start = new TextEncoder().encode(code).subarray(0, bytesMax);
  return new TextDecoder().decode(start, { stream: true }).trim();
}
