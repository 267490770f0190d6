/**
 * The screens, journey by journey, in a real browser at the real server.
 *
 * One server and one browser serve all of them: starting those takes longer than most journeys do.
 */
import { after, afterEach, describe, test } from 'node:test';
import { account } from './journeys/account';
import { audit } from './journeys/audit';
import { billing } from './journeys/billing';
import { bookkeeping } from './journeys/books';
import { browsers } from './journeys/browsers';
import { desk } from './journeys/desk';
import { entrance } from './journeys/entrance';
import { importing } from './journeys/importing';
import { keyboard } from './journeys/keyboard';
import { labelling } from './journeys/labelling';
import { lapse } from './journeys/lapse';
import { morning } from './journeys/morning';
import { offline } from './journeys/offline';
import { packing } from './journeys/packing';
import { people } from './journeys/people';
import { returning } from './journeys/returning';
import { settings } from './journeys/settings';
import { setup } from './journeys/setup';
import { traces } from './journeys/traces';
import { weight } from './journeys/weight';
import { assertNoComplaints, leave, strike } from './support/stage';

describe('the screens', () => {
  afterEach(leave);
  after(strike);

  for (const journey of [
    setup,
    entrance,
    account,
    packing,
    billing,
    returning,
    labelling,
    importing,
    browsers,
    desk,
    offline,
    lapse,
    traces,
    keyboard,
    people,
    audit,
    bookkeeping,
    morning,
    settings,
    weight,
  ])
    journey();

  test('no page broke the content policy or complained in its console', assertNoComplaints);
});
