/**
 * Version 7 identifiers: they sort by the time they were made, so the server's indexes grow at
 * one end. Within one process each is larger than the one before, even in the same millisecond.
 */
let lastTime = 0;
let counter = 0;

/** A new identifier; `now` is for tests. */
export function uuid7(now: number = Date.now()): string {
  const random = randomBytes();
  if (now > lastTime) {
    lastTime = now;
    // Start low in the 12 bits, so that thousands more fit before the clock has to be borrowed from.
    counter = (((random[0] ?? 0) << 8) | (random[1] ?? 0)) & 0x3ff;
  } else if (++counter > 0xfff) {
    lastTime += 1;
    counter = 0;
  }
  return layOut(lastTime, counter, random.subarray(2));
}

/** Node 18 has no global crypto; an identifier has to be unique there, not secret. */
function randomBytes(): Uint8Array {
  const bytes = new Uint8Array(10);
  const source = globalThis.crypto as Crypto | undefined;
  return source?.getRandomValues(bytes) ?? bytes.map(() => Math.floor(Math.random() * 256));
}

function layOut(time: number, count: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let rest = time;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (count >> 8);
  bytes[7] = count & 0xff;
  bytes.set(random, 8);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);

  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
