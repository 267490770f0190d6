/** A fetch that says which host it means: Node's own sends the address that it connects to. */
import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';
import { noteBody, noteHeaders } from './secrets';

/** A stream is left alone: it tells no secrets, and does not end. */
function noteAnswer(answer: Response): void {
  noteHeaders(Object.fromEntries(answer.headers));
  if (answer.headers.get('Content-Type') !== 'application/json') return;
  answer
    .clone()
    .text()
    .then(noteBody, () => undefined);
}

const agent = new Agent({ keepAlive: true });

/** `address` is where the proxy in front of the server says that the client is. */
export function fetchAs(hostName: string, address: string): typeof fetch {
  const sent: typeof fetch = (input, init) =>
    new Promise((settle, refuse) => {
      const url = new URL(String(input));
      const headers: Record<string, string> = {
        ...(init?.headers as Record<string, string>),
        Host: `${hostName}:${url.port}`,
        'X-Forwarded-For': address,
      };
      noteHeaders(headers);
      if (typeof init?.body === 'string') {
        headers['Content-Length'] = String(Buffer.byteLength(init.body));
        noteBody(init.body);
      }
      const signal = init?.signal ?? undefined;
      const call = request(url, {
        method: init?.method ?? 'GET',
        headers,
        agent,
        ...(signal === undefined ? {} : { signal }),
      });
      call.on('error', refuse);
      call.on('response', (answer) => {
        const lines = new Headers();
        for (let i = 0; i < answer.rawHeaders.length; i += 2)
          lines.append(answer.rawHeaders[i] ?? '', answer.rawHeaders[i + 1] ?? '');
        const status = answer.statusCode ?? 0;
        const empty = status === 204 || status === 304;
        if (empty) answer.resume();
        // Cut off by us, or by the server's end: whoever reads the body hears of it.
        answer.on('error', () => undefined);
        const response = new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), {
          status,
          headers: lines,
        });
        noteAnswer(response);
        settle(response);
      });
      call.end(init?.body ?? undefined);
    });

  return async (input, init) => {
    if (!(init?.body instanceof FormData)) return sent(input, init);
    const form = new Response(init.body);
    const headers = {
      ...(init.headers as Record<string, string>),
      'Content-Type': form.headers.get('Content-Type') ?? '',
    };
    return sent(input, { ...init, headers, body: new Uint8Array(await form.arrayBuffer()) });
  };
}
