/**
 * Raw: requests that no good client makes, byte for byte, and the answer as it came.
 */
import { connect } from 'node:net';
import type { Api, Problem } from '../../../web/src/api';
import { noteBody, noteHeaders } from './secrets';

export interface RawAnswer {
  status: number;
  headers: Record<string, string>; // names in lower case
  body: Buffer;
}

export interface RawRequest {
  method: string;
  path: string | Buffer;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** Who asks: cookie, token and host of a client. */
export function identity(api: Api): Record<string, string> {
  const cookie = api.jar?.header() ?? '';
  return { ...(cookie === '' ? {} : { Cookie: cookie }), ...(api.csrf === '' ? {} : { 'X-CSRFToken': api.csrf }) };
}

let asked = 0;

/** One request on a connection of its own, and from an address of its own. A body gets its Content-Length unless it is said. */
export async function raw(api: Api, request: RawRequest): Promise<RawAnswer> {
  const body = Buffer.from(request.body ?? '');
  const headers: Record<string, string> = {
    Host: '127.0.0.1',
    Connection: 'close',
    'X-Forwarded-For': `10.1.${(asked >> 8) & 255}.${asked++ & 255}`,
    ...identity(api),
    ...request.headers,
  };
  if (request.body !== undefined && !('Content-Length' in headers) && !('Transfer-Encoding' in headers))
    headers['Content-Length'] = String(body.length);
  const lines = Object.entries(headers).filter(([, value]) => value !== '');
  const head = Buffer.concat([
    Buffer.from(`${request.method} `),
    Buffer.from(request.path),
    Buffer.from(` HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
  ]);
  noteHeaders(headers);
  noteBody(body.toString('utf8'));
  const answer = await exchange(Number(new URL(api.base).port), Buffer.concat([head, body]));
  noteHeaders(answer.headers);
  noteBody(answer.body.toString('utf8'));
  return answer;
}

/** Bytes to the server, and the answer that comes back until it closes the connection. */
export function exchange(port: number, bytes: Buffer): Promise<RawAnswer> {
  return new Promise((settle, refuse) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => socket.write(bytes));
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer within 15 s')));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses a body may close before all of it is sent; what it said still counts.
    socket.on('error', (error) => (chunks.length > 0 ? undefined : refuse(error)));
    socket.on('close', () => {
      try {
        settle(parse(Buffer.concat(chunks)));
      } catch (error) {
        refuse(error);
      }
    });
    socket.on('end', () => socket.end());
  });
}

function parse(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) throw new Error(`not an HTTP answer: ${bytes.toString('latin1').slice(0, 200)}`);
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const at = line.indexOf(':');
    headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
  }
  return { status: Number(first.split(' ')[1]), headers, body: bytes.subarray(end + 4) };
}

export function problem(answer: RawAnswer): Problem {
  if (answer.headers['content-type'] !== 'application/problem+json') {
    throw new Error(`${answer.status} is not a problem: ${answer.body.toString('utf8').slice(0, 300)}`);
  }
  return JSON.parse(answer.body.toString('utf8')) as Problem;
}
