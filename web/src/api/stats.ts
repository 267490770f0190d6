import { query, type Asker } from './ask';
import { readSse } from './sse';

export interface Stats {
  parents: number;
  children: number;
  linked: number;
  free_children: number;
  bills: number;
  bills_open: number;
  scans: number;
  pending: number;
  in_progress: number;
  completed: number;
  today: { scans: number; linked: number; parents_completed: number; bills_completed: number };
}

export interface Day {
  day: string; // of the organisation's calendar
  scans: number;
  linked: number;
  late: number; // of the scans: arrived on a later day than they were made
  parents_completed: number;
  bills_completed: number;
}

export interface Activity {
  days: Day[]; // oldest first
  hours: number[]; // today's scans by hour, 24 numbers
  families: { name: string; parents: number }[]; // the largest first
}

export interface StreamHandlers {
  onOpen?: () => void;
  onBroken?: () => void; // another attempt follows by itself
}

export class StatsApi {
  constructor(private readonly api: Asker) {}

  get(): Promise<Stats> {
    return this.api.ask('GET', '/api/stats');
  }

  activity(days: number): Promise<Activity> {
    return this.api.ask('GET', `/api/stats/activity${query({ days })}`);
  }

  /** Figures at once and after every change, until the returned function is called. */
  stream(onMessage: (stats: Stats) => void, handlers: StreamHandlers = {}): () => void {
    const controller = new AbortController();
    void this.listen(onMessage, handlers, controller.signal);
    return () => controller.abort();
  }

  private async listen(
    onMessage: (stats: Stats) => void,
    handlers: StreamHandlers,
    signal: AbortSignal,
  ): Promise<void> {
    let wait = 1_000;
    while (!signal.aborted) {
      try {
        await this.listenOnce(onMessage, handlers, signal);
        wait = 1_000;
      } catch {
        wait = Math.min(wait * 2, 30_000);
      }
      if (signal.aborted) return;
      handlers.onBroken?.();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  private async listenOnce(
    onMessage: (stats: Stats) => void,
    handlers: StreamHandlers,
    signal: AbortSignal,
  ): Promise<void> {
    const answer = await this.api.send('GET', '/api/stats/stream', undefined, {
      headers: { Accept: 'text/event-stream' },
      signal,
    });
    if (answer.status === 401) this.api.onSignedOut();
    if (answer.status !== 200 || answer.body === null) throw new Error(`stream answered ${answer.status}`);
    handlers.onOpen?.();
    await readSse(answer.body, (message) => {
      if (message.event === 'stats') onMessage(JSON.parse(message.data) as Stats);
    });
  }
}
