/**
 * Stats feed: one event stream for all tabs of a browser, and none for those that nobody sees. A browser opens six
 * connections to a server at most: with a stream in each tab there would soon be none left for a scan.
 *
 * The tab that holds the lock listens to the server and passes on what it hears. When it is hidden or closed, the
 * next one gets the lock. Where there are no locks (plain HTTP), each tab that is seen listens for itself.
 */
import type { Api, Stats, StreamHandlers } from '../api';

type Heard = { kind: 'stats'; stats: Stats } | { kind: 'open' } | { kind: 'broken' } | { kind: 'hello' };

const name = 'tracetrack.stats';

export function listenToStats(api: Api, onStats: (stats: Stats) => void, handlers: StreamHandlers = {}): () => void {
  const feed = new StatsFeed(api, onStats, handlers);
  return () => feed.close();
}

class StatsFeed {
  private readonly channel = new BroadcastChannel(name);
  private turn: AbortController | null = null;
  private leads = false;
  private latest: Stats | null = null;
  private readonly look = () => (document.visibilityState === 'visible' ? this.begin() : this.end());

  constructor(
    private readonly api: Api,
    private readonly onStats: (stats: Stats) => void,
    private readonly handlers: StreamHandlers,
  ) {
    this.channel.onmessage = (event: MessageEvent<Heard>) => this.hear(event.data);
    document.addEventListener('visibilitychange', this.look);
    this.look();
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.look);
    this.end();
    this.channel.close();
  }

  private begin(): void {
    if (this.turn !== null) return;
    const turn = new AbortController();
    this.turn = turn;
    this.channel.postMessage({ kind: 'hello' } satisfies Heard);
    if (!('locks' in navigator)) return void this.lead(turn.signal);
    // Rejected when this tab is hidden or closed before its turn has come.
    navigator.locks.request(name, { signal: turn.signal }, () => this.lead(turn.signal)).catch(() => undefined);
  }

  private end(): void {
    this.turn?.abort();
    this.turn = null;
  }

  /** Until the signal: then the lock goes to the next tab. */
  private lead(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      this.leads = true;
      const stop = this.api.stats.stream((stats) => this.pass({ kind: 'stats', stats }), {
        onOpen: () => this.pass({ kind: 'open' }),
        onBroken: () => this.pass({ kind: 'broken' }),
      });
      signal.addEventListener('abort', () => {
        this.leads = false;
        stop();
        resolve();
      });
    });
  }

  private pass(heard: Heard): void {
    if (!this.leads) return;
    this.channel.postMessage(heard);
    this.take(heard);
  }

  /** Somebody new wants to know at once. */
  private hear(heard: Heard): void {
    if (heard.kind !== 'hello') return this.take(heard);
    if (this.leads && this.latest !== null)
      this.channel.postMessage({ kind: 'stats', stats: this.latest } satisfies Heard);
  }

  private take(heard: Heard): void {
    if (heard.kind === 'broken') return this.handlers.onBroken?.();
    this.handlers.onOpen?.();
    if (heard.kind !== 'stats') return;
    this.latest = heard.stats;
    this.onStats(heard.stats);
  }
}
