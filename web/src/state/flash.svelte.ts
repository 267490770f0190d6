/** Flash: the one verdict that colours the screen, and for how long. */
import { feel } from './feedback.svelte';
import type { VerdictView } from '../words/verdicts';

const brief = 700; // milliseconds

export class Flash {
  now: VerdictView | null = $state.raw(null);
  spoken = $state('');
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shownAt = 0;

  /** `goneBy` hears of a refusal that a person has seen and waved away. */
  constructor(private readonly goneBy: (view: VerdictView) => void = () => undefined) {}

  show(view: VerdictView, spoken: string): void {
    if (!this.mayCover(view)) return;
    clearTimeout(this.timer);
    this.now = view;
    this.shownAt = Date.now();
    this.spoken = spoken;
    feel(view.tone);
    if (!view.sticky) this.timer = setTimeout(() => this.clear(), brief);
  }

  /** A tap or the next scan: on with it. */
  clear(): void {
    clearTimeout(this.timer);
    const view = this.now;
    this.now = null;
    if (view !== null) this.goneBy(view);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** A refusal is not painted over by the good news of a scan that was made before it was shown. */
  private mayCover(view: VerdictView): boolean {
    if (this.now?.sticky !== true || view.sticky) return true;
    return view.scan !== undefined && Date.parse(view.scan.at) > this.shownAt;
  }
}
