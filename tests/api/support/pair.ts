/** Two servers on one database. The first does not count requests, the second does. */
import type { Api } from '../../../web/src/api';
import { Organisation } from './organisation';
import { Server } from './server';

export class Pair {
  private constructor(
    readonly first: Server,
    readonly second: Server,
    readonly here: Organisation,
  ) {}

  static async start(settingsOfSecond: Record<string, string> = {}): Promise<Pair> {
    const first = await Server.start({ settings: { rate_limits: 'off', proxies: '1', log_level: 'debug' } });
    const second = await Server.start({
      database: first.database,
      settings: { proxies: '1', log_level: 'debug', ...settingsOfSecond },
    });
    return new Pair(first, second, await Organisation.first(first));
  }

  async stop(): Promise<void> {
    try {
      await this.second.stop();
    } finally {
      await this.first.stop();
    }
  }

  /** The same session at the second server. */
  there(api: Api): Api {
    const twin = this.here.stranger(this.second);
    for (const [name, value] of [(api.jar?.header() ?? '').split('=')])
      twin.jar?.keep(new Headers([['Set-Cookie', `${name}=${value}`]]));
    twin.csrf = api.csrf;
    return twin;
  }
}
