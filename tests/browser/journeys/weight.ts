/** The first load of the scan screen, as the server sends it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, organisation, person } from '../support/stage';

const budget = 60 * 1024;

export function weight(): void {
  test('the first load of the scan screen is at most 60 KB on the wire', async () => {
    const firm = await organisation('keyboard');
    const context = await person(firm, 'bina');
    const sizes: Promise<[string, number]>[] = [];
    context.on('requestfinished', (request) => {
      sizes.push(request.sizes().then(({ responseBodySize }): [string, number] => [request.url(), responseBodySize]));
    });
    const page = await open(context, '/scan');
    await page.getByRole('textbox').waitFor();
    await page.waitForLoadState('networkidle');
    const files = (await Promise.all(sizes)).filter(([url]) => !/\/api\/|\/icon|manifest/.test(url));
    const total = files.reduce((sum, [, size]) => sum + size, 0);
    assert.ok(files.length >= 4, JSON.stringify(files));
    assert.ok(total > 10_000 && total <= budget, `${total} bytes: ${JSON.stringify(files)}`);
  });
}
