/** Secrecy: after all other tests, nothing that they kept to themselves stands where it can be read. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kindsMissing, leaks } from '../support/secrets';
import type { Server } from '../support/server';

/** Of servers that share a database. */
export function secrecy(servers: () => Promise<[Server, ...Server[]]>): void {
  describe('what the tests kept secret', () => {
    test('is of every kind, and would be found', async () => {
      assert.deepEqual(kindsMissing(), []);
      const told = ['sign_in', '/api/session'];
      assert.deepEqual(await leaks(await servers(), told), { audit: [told[0]], log: [told[1]] });
    });

    test('is neither in the audit log nor in the log', async () => {
      assert.deepEqual(await leaks(await servers()), { audit: [], log: [] });
    });
  });
}
