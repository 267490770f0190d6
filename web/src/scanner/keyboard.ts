/**
 * Keyboard: feeds the wedge from the page. It listens on the whole document before anyone else,
 * because the scanner keeps typing while a verdict covers the screen or a button has the focus.
 * Real fields and dialogs with fields of their own are left alone.
 */
import { clean } from './code';
import { takeOver } from './early';
import { isTaken, suffixOf } from './keys';
import { Wedge, type Suffix } from './wedge';

export interface ScanField {
  field: HTMLInputElement;
  onCode: (code: string) => void;
  onText?: (text: string) => void;
}

const remembered = 'tracetrack.suffix';

export class ScannerKeyboard {
  private readonly wedge = new Wedge(readSuffix());
  private timer: ReturnType<typeof setTimeout> | undefined;
  private letGo: (() => void) | undefined;
  private readonly controller = new AbortController();

  constructor(private readonly options: ScanField) {
    const signal = this.controller.signal;
    const field = options.field;
    document.addEventListener('keydown', (event) => this.keydown(event), { capture: true, signal });
    field.addEventListener('input', () => this.input(), { signal });
    field.addEventListener('beforeinput', (event) => this.beforeInput(event), { signal });
    field.addEventListener('paste', (event) => this.paste(event), { signal });
    window.addEventListener('focus', () => this.refocus(), { signal });
    document.addEventListener('focusout', () => setTimeout(() => this.refocus(), 0), { signal });
    this.refocus();
    // When the screen around the field is complete, and knows what is scanned into; before any other key.
    queueMicrotask(() => signal.aborted || (this.letGo = takeOver((event) => this.replay(event))));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.controller.abort();
    this.letGo?.();
  }

  /** An on-screen keyboard is open: only Enter ends a code. */
  set byHand(on: boolean) {
    this.wedge.byHand = on;
  }

  /** What the form's own submit (the phone keyboard's "go") means. */
  submit(): void {
    this.deliver(this.wedge.end('Enter', performance.now()).codes);
  }

  private keydown(event: KeyboardEvent): void {
    if (event.isComposing || this.isForeign(event.target)) return;
    const suffix = suffixOf(event);
    if (suffix !== null) return this.suffixKey(event, suffix);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const inField = event.target === this.options.field;
    // Android names no key here; what was typed arrives as input, if the field has the focus.
    if (event.key === 'Unidentified' || event.keyCode === 229) return inField ? undefined : this.options.field.focus();
    if (inField || event.key.length !== 1) return;
    if (event.key === ' ' && this.wedge.value === '') return; // presses the focused button
    event.preventDefault();
    event.stopPropagation();
    this.deliver(this.wedge.type(event.key, event.timeStamp));
  }

  /** A key from before there was a field: its time says whether the code before it had ended. */
  private replay(event: KeyboardEvent): void {
    this.deliver(this.wedge.tick(event.timeStamp));
    this.keydown(event);
  }

  private suffixKey(event: KeyboardEvent, suffix: Suffix): void {
    if (event.shiftKey && suffix === 'Tab') return;
    const ended = this.wedge.end(suffix, event.timeStamp);
    const inField = event.target === this.options.field;
    if (ended.taken || event.ctrlKey || (inField && suffix === 'Enter')) {
      event.preventDefault();
      event.stopPropagation();
    }
    this.deliver(ended.codes);
  }

  private input(): void {
    this.deliver(this.wedge.sync(this.options.field.value, performance.now()));
  }

  private beforeInput(event: InputEvent): void {
    const lineBreak = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph';
    if (!lineBreak && event.data !== '\n') return;
    event.preventDefault();
    this.submit();
  }

  private paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\r\n\t]/.test(text)) return;
    event.preventDefault(); // the field would glue the lines together
    this.deliver(this.wedge.paste(text, performance.now()));
  }

  private deliver(codes: readonly string[]): void {
    const { field, onCode, onText } = this.options;
    // Writing into the field while an input method composes would break its word.
    if (field.value !== this.wedge.value) field.value = this.wedge.value;
    onText?.(this.wedge.value);
    keepSuffix(this.wedge.suffix);
    for (const code of codes) if (clean(code) !== '') onCode(clean(code));
    this.arm();
  }

  private arm(): void {
    clearTimeout(this.timer);
    const due = this.wedge.due();
    if (due === null) return;
    const wait = Math.max(0, due - performance.now());
    this.timer = setTimeout(() => this.deliver(this.wedge.tick(performance.now() + 1)), wait);
  }

  private refocus(): void {
    if (document.activeElement === document.body) this.options.field.focus({ preventScroll: true });
  }

  private isForeign(target: EventTarget | null): boolean {
    return target !== this.options.field && isTaken(target);
  }
}

function readSuffix(): Suffix | null {
  try {
    const kept = localStorage.getItem(remembered);
    return kept === 'Enter' || kept === 'Tab' ? kept : null;
  } catch {
    return null;
  }
}

let lastKept: Suffix | null = null;

function keepSuffix(suffix: Suffix | null): void {
  if (suffix === null || suffix === lastKept) return;
  lastKept = suffix;
  try {
    localStorage.setItem(remembered, suffix);
  } catch {
    // Private windows may refuse; the suffix is learned again from the next scan.
  }
}
