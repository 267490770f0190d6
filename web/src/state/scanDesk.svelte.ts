/**
 * Scan desk: what all screens have in common that a scanner writes into. A scan goes to the outbox, its verdict
 * colours the screen, and what was refused before the person's eyes and waved away is dealt with.
 */
import type { Outcome, Scan } from '../outbox';
import { keptView, verdictView, type VerdictView } from '../words/verdicts';
import { Flash } from './flash.svelte';
import { tray } from './outbox.svelte';
import { Sending } from './sending.svelte';

export abstract class ScanDesk {
  last: VerdictView | null = $state.raw(null);
  note = $state('');
  celebrating = $state(false);

  readonly flash = new Flash((view) => this.seen(view));
  readonly sending = new Sending({
    onVerdict: (scan, outcome, live) => this.verdict(scan, outcome, live),
    onKept: (scan) => this.kept(scan),
  });

  /** Whether this scan is of this kind of desk, and of what is open here; figures in its answer are taken over. */
  protected abstract take(scan: Scan, outcome: Outcome): 'here' | 'elsewhere' | 'foreign';
  /** What to say of a scan that filled what is open here, or null. */
  protected abstract full(): { number: string; detail: string; spoken: string } | null;
  /** What is open holds so many: said for every scan that went well. */
  protected abstract held(): number | undefined;
  /** A verdict that the person sees. */
  protected onLive(_view: VerdictView): void {}

  /** A tap on the verdict, or the next scan. */
  goOn(): void {
    this.flash.clear();
    this.note = '';
    this.celebrating = false;
  }

  say(words: string): void {
    this.note = words;
    this.flash.spoken = words;
  }

  private verdict(scan: Scan, outcome: Outcome, live: boolean): void {
    const where = this.take(scan, outcome);
    if (where === 'foreign') return;
    const view = verdictView(scan, outcome);
    if (live || this.last?.scan?.id === scan.id) this.last = view;
    if (!live) return; // a late answer changes the figures; a late refusal waits in the tray

    this.onLive(view);
    const full = where === 'here' && view.tone === 'linked' ? this.full() : null;
    if (full !== null) return this.celebrate(view, full);
    this.flash.show(view, view.tone === 'linked' ? `${this.held() ?? ''}` : `${view.word}. ${view.detail}`);
  }

  private celebrate(view: VerdictView, { number, detail, spoken }: { number: string; detail: string; spoken: string }) {
    this.celebrating = true;
    this.flash.show({ ...view, tone: 'done', word: number, detail, sticky: true }, `${number}. ${spoken}`);
  }

  private kept(scan: Scan): void {
    this.last = keptView(scan, tray.line === 'signed_out');
    this.flash.show(this.last, 'Kept on this device');
  }

  private seen(view: VerdictView): void {
    if (view.scan !== undefined && (view.tone === 'refused' || view.tone === 'already'))
      void this.sending.dismiss(view.scan);
  }
}
