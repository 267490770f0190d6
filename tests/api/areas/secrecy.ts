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
      const { audit, log } = await leaks(await servers(), ['sign_in', '/api/session']);
      assert.ok(audit.includes('sign_in') && log.includes('/api/session'));
    });

    test('is neither in the audit log nor in the log', async () => {
      assert.deepEqual(await leaks(await servers()), { audit: [], log: [] });
    });
  });
}
