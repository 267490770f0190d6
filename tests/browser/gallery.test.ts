/** How the screens look, each of them, in a real browser at the real server. */
import { after, afterEach, describe, test } from 'node:test';
import { gallery } from './journeys/gallery';
import { galleryOfAccounts } from './journeys/gallery_accounts';
import { assertNoComplaints, leave, strike } from './support/stage';

describe('the look of the screens', () => {
  afterEach(leave);
  after(strike);

  for (const part of [gallery, galleryOfAccounts]) part();

  test('no page broke the content policy or complained in its console', assertNoComplaints);
});
