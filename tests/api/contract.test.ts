/**
 * The HTTP contract, area by area, through the client that the screens use.
 *
 * One server serves all of them: starting one, with its PostgreSQL, takes longer than most areas do.
 */
import { after, describe } from 'node:test';
import { accounts } from './areas/accounts';
import { bags } from './areas/bags';
import { bills } from './areas/bills';
import { returns } from './areas/returns';
import { billRules } from './areas/bill_rules';
import { endOfDay } from './areas/end_of_day';
import { exports } from './areas/exports';
import { figures, watching } from './areas/figures';
import { imports } from './areas/imports';
import { input } from './areas/input';
import { lists } from './areas/lists';
import { labels } from './areas/labels';
import { listPairs } from './areas/list_pairs';
import { organisations } from './areas/organisations';
import { packing } from './areas/packing';
import { replays } from './areas/replays';
import { routeTable } from './areas/routes';
import { scans } from './areas/scans';
import { secrecy } from './areas/secrecy';
import { sessions } from './areas/sessions';
import { settings } from './areas/settings';
import { signIn } from './areas/sign_in';
import { wire } from './areas/wire';
import { sharedServer, stopSharedServer } from './support/shared';

describe('the HTTP contract', () => {
  after(stopSharedServer);

  const { begin, end } = watching();

  begin();
  for (const area of [
    routeTable,
    organisations,
    signIn,
    sessions,
    accounts,
    scans,
    replays,
    packing,
    bags,
    lists,
    listPairs,
    bills,
    billRules,
    returns,
    labels,
    endOfDay,
    settings,
    figures,
    exports,
    imports,
    wire,
    input,
  ])
    area();
  end();
  secrecy(async () => [await sharedServer()]);
});
