/** Keys: whom a key press is meant for, and which ones end a code. */
import type { Suffix } from './wedge';

export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Real fields, and dialogs with fields of their own, are left alone. */
export function isTaken(target: EventTarget | null): boolean {
  return isField(target) || document.querySelector('dialog[open] :is(input, textarea, select)') !== null;
}

/** Line feed comes as Ctrl+J and carriage return as Ctrl+M from scanners that send control codes. */
export function suffixOf(event: KeyboardEvent): Suffix | null {
  if (event.ctrlKey && /^[jm]$/i.test(event.key)) return 'Enter';
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  return event.key === 'Enter' || event.key === 'Tab' ? event.key : null;
}
