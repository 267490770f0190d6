/**
 * Early: keys that come while a scan screen is still on its way. Scanners don't wait for a screen to
 * load; what they type is kept here, and the screen's own keyboard takes it over.
 */
import { isTaken, suffixOf } from './keys';

const most = 1_000; // some thirty labels: nobody scans more at a screen that isn't there
const patience = 60_000; // milliseconds; what is older was for another screen, which never came

let kept: KeyboardEvent[] = [];
let keyboards = 0;

/** Called first of all. `isWanted` says whether a scan screen is what comes. */
export function keepEarlyKeys(isWanted: () => boolean): void {
  document.addEventListener('keydown', (event) => keyboards === 0 && keep(event, isWanted()), { capture: true });
}

function keep(event: KeyboardEvent, isWanted: boolean): void {
  // Whoever types into a field has not been waiting for a scan screen.
  if (!isWanted || isTaken(event.target)) kept = [];
  else if (kept.length < most && isScanned(event)) {
    kept.push(event);
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** A blank, Enter or Tab at first is somebody's who presses a button or goes to one. */
function isScanned(event: KeyboardEvent): boolean {
  if (suffixOf(event) !== null) return kept.length > 0 && !event.shiftKey;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
  return event.key.length === 1 && (event.key !== ' ' || kept.length > 0);
}

/** The keyboard that listens from now on gets what was kept. Call what is returned when it stops. */
export function takeOver(take: (event: KeyboardEvent) => void): () => void {
  keyboards++;
  for (const event of kept.splice(0)) if (performance.now() - event.timeStamp < patience) take(event);
  return () => void keyboards--;
}
