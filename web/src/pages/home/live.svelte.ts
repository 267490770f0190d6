/** Live: what the dashboard shows, kept up to date for as long as somebody looks at it. */
import {
  EndOfDayApi,
  type Activity,
  type Api,
  type BagRow,
  type Bill,
  type DaySummary,
  type ScanEvent,
  type Stats,
} from '../../api';
import { api, may, watch } from '../../state/session.svelte';
import { listenToStats } from '../../state/statsFeed';
import { sorry } from '../../words/words';

const listsEvery = 2_000; // milliseconds at least, however fast people scan
const activityEvery = 60_000;
const shown = 5;

export class Live {
  stats: Stats | null = $state.raw(null);
  activity: Activity | null = $state.raw(null);
  latest: ScanEvent[] | null = $state.raw(null);
  parents: BagRow[] | null = $state.raw(null);
  bills: Bill[] | null = $state.raw(null);
  today: DaySummary | null = $state.raw(null); // an administrator's
  on = $state(false);
  error = $state('');
  private pending: ReturnType<typeof setTimeout> | undefined;

  /** For an $effect. */
  start(): () => void {
    void this.load();
    const stop = listenToStats(api, (now) => this.changed(now), {
      onOpen: () => (this.on = true),
      onBroken: () => (this.on = false),
    });
    const timer = setInterval(() => void this.loadActivity(watch), activityEvery);
    return () => {
      stop();
      clearInterval(timer);
      clearTimeout(this.pending);
    };
  }

  async load(): Promise<void> {
    this.error = '';
    await Promise.all([this.loadActivity(api), this.loadLists(api)]);
  }

  /** Figures at once, the lists behind them soon. */
  private changed(now: Stats): void {
    const first = this.stats === null;
    this.stats = now;
    if (first || this.pending !== undefined) return;
    this.pending = setTimeout(() => {
      this.pending = undefined;
      void this.loadLists(watch);
    }, listsEvery);
  }

  private async loadActivity(by: Api): Promise<void> {
    try {
      const [activity, today] = await Promise.all([
        by.stats.activity(30),
        may('admin') ? new EndOfDayApi(by).get() : null,
      ]);
      Object.assign(this, { activity, today });
    } catch (error) {
      this.error = sorry(error);
    }
  }

  private async loadLists(by: Api): Promise<void> {
    try {
      const [scans, parents, bills] = await Promise.all([
        by.scans.list({ limit: 8 }),
        by.bags.list({ kind: 'parent', status: 'in_progress', limit: shown }),
        may('bill') ? by.bills.list({ status: 'processing', limit: shown }) : null,
      ]);
      this.latest = scans.items;
      this.parents = parents.items;
      this.bills = bills?.items ?? [];
      this.error = '';
    } catch (error) {
      this.error = sorry(error);
    }
  }
}
