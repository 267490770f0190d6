/** Second factors, as an authenticator app makes their codes (RFC 6238). */
import { createHmac } from 'node:crypto';
import type { Api } from '../../../web/src/api';
import { fine } from './expect';

const stepSeconds = 30;

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** The code that an app shows some steps from now. */
export function codeOf(secret: string, stepsFromNow = 0): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / stepSeconds) + stepsFromNow));
  const hash = createHmac('sha1', bytesOf(secret)).update(step).digest();
  return String((hash.readUInt32BE((hash[19] ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The person has a second factor from now on. */
export async function enrol(api: Api): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await fine<{ secret: string }>(api, 'POST', '/api/profile/2fa');
  const { recovery_codes } = await fine<{ recovery_codes: string[] }>(api, 'POST', '/api/profile/2fa/confirm', {
    code: codeOf(secret),
  });
  return { secret, codes: recovery_codes };
}
