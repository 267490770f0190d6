/**
 * Wedge: turns the keystrokes of a keyboard-wedge scanner into codes. Knows no DOM and no clock,
 * so recorded key traces replay in a test.
 *
 * A code ends with Enter, line feed, Tab, or with a pause after a burst faster than any hand. What
 * a hand typed stays in the field until Enter. No character is ever dropped.
 */
export interface Ended {
  codes: string[];
  taken: boolean; // the key belonged to a scan; the browser must not act on it
}

const burstMinimum = 4; // the shortest code there is
const meanGap = 50; // milliseconds between a scanner's characters
const worstGap = 150; // a Bluetooth hiccup inside one code
const pauseUnknown = 200; // no suffix seen yet: the pause is the suffix
const pauseSuffixed = 1_500; // this scanner does send a suffix: wait for it
const leftoverGap = 1_000; // between what a hand left in the field and the scan after it
const leftoverOld = 2_500;
const echo = 500; // a suffix this soon after a code belongs to that code

export type Suffix = 'Enter' | 'Tab';

export class Wedge {
  /** What the field shows. */
  value = '';
  /** The suffix this scanner was seen to send. */
  suffix: Suffix | null;
  /** On-screen keyboards deliver whole words at once; with one open only Enter ends a code. */
  byHand = false;

  private times: number[] = [];
  private edited = false;
  private emittedAt = -Infinity;

  constructor(suffix: Suffix | null = null) {
    this.suffix = suffix;
  }

  /** A character that was caught while the field had no focus. */
  type(char: string, at: number): string[] {
    return this.sync(this.value + char, at);
  }

  /** The field now holds this text: typed, composed by an input method, or edited. */
  sync(text: string, at: number): string[] {
    const same = commonStart(this.value, text);
    if (same < this.value.length && text !== '') this.edited = true;
    if (text === '') this.edited = false;
    this.times = this.times.slice(0, same);
    while (this.times.length < text.length) this.times.push(at);
    this.value = text;
    return /[\r\n\t]/.test(text) ? this.cut(text, at) : [];
  }

  /** Text that came in one piece; every line of it is a code. */
  paste(text: string, at: number): string[] {
    const lines = text.split(/[\r\n\t]+/).filter((line) => line.trim() !== '');
    if (lines.length < 2) return this.sync(this.value + text.replace(/[\r\n\t]+/g, ''), at);
    return this.cut(`${this.value}${lines.join('\n')}\n`, at);
  }

  /** Enter (also line feed) or Tab. */
  end(suffix: Suffix, at: number): Ended {
    if (this.value.trim() === '') return { codes: [], taken: this.isEcho(suffix, at) };
    const scanned = this.endsWithBurst();
    if (suffix === 'Tab' && !scanned && this.suffix !== 'Tab') return { codes: [], taken: false };
    if (scanned) this.suffix = suffix;
    return { codes: this.emit(at), taken: true };
  }

  /** When tick() wants to be called, or null. */
  due(): number | null {
    const last = this.times[this.times.length - 1];
    if (last === undefined || this.byHand || this.edited || !this.endsWithBurst()) return null;
    return last + (this.suffix === null ? pauseUnknown : pauseSuffixed);
  }

  tick(at: number): string[] {
    const due = this.due();
    return due !== null && at >= due ? this.emit(at) : [];
  }

  clear(): void {
    this.value = '';
    this.times = [];
    this.edited = false;
  }

  private emit(at: number): string[] {
    const start = this.scanStart();
    const code = this.value.slice(start);
    const leftover = this.value.slice(0, start);
    this.clear();
    this.value = leftover;
    this.times = Array.from(leftover, () => -Infinity);
    this.emittedAt = at;
    return code.trim() === '' ? [] : [code];
  }

  private cut(text: string, at: number): string[] {
    const pieces = text.split(/[\r\n\t]+/);
    const rest = pieces.pop() ?? '';
    this.clear();
    this.emittedAt = at;
    if (rest !== '') this.sync(rest, at);
    return pieces.filter((piece) => piece.trim() !== '');
  }

  /** Some scanners send two suffixes, or one after the pause that already ended the code. */
  private isEcho(suffix: Suffix, at: number): boolean {
    const late = at - this.emittedAt <= echo;
    if (late && suffix === 'Enter' && this.suffix === null) this.suffix = suffix;
    return late;
  }

  private endsWithBurst(): boolean {
    return this.isBurst(this.scanStart());
  }

  private isBurst(start: number): boolean {
    const count = this.times.length - start;
    if (count < burstMinimum) return false;
    const run = this.times.slice(start);
    return mean(run) <= meanGap && Math.max(...gaps(run)) <= worstGap;
  }

  /** Where the scan begins, when a hand left something in the field before it. */
  private scanStart(): number {
    for (let i = this.times.length - burstMinimum; i > 0; i--) {
      const gap = (this.times[i] ?? 0) - (this.times[i - 1] ?? 0);
      if (gap < leftoverGap || !this.isBurst(i)) continue;
      const before = this.times.slice(0, i);
      // A short fast piece is the scan's own beginning, held up on its way: keep it together.
      const slow = before.length >= 2 && mean(before) > meanGap;
      if (slow || gap >= leftoverOld) return i;
    }
    return 0;
  }
}

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, i) => time - (times[i] ?? time));
}

function mean(times: readonly number[]): number {
  const first = times[0] ?? 0;
  const last = times[times.length - 1] ?? first;
  // Characters left over from before have no time: they are old, and that is slow.
  return times.length < 2 || first === last ? 0 : (last - first) / (times.length - 1);
}

function commonStart(before: string, after: string): number {
  let i = 0;
  while (i < before.length && before[i] === after[i]) i++;
  return i;
}
