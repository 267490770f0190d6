/**
 * Server-sent events read through fetch: the browser's EventSource neither tells a signed-out
 * answer from a broken line nor exists in Node.
 */
export interface SseMessage {
  event: string;
  data: string;
}

/** Cuts a stream of text into messages, however the text was cut on its way. */
export class SseParser {
  private rest = '';

  push(text: string): SseMessage[] {
    this.rest += text.replace(/\r\n?/g, '\n');
    const blocks = this.rest.split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(message).filter((found): found is SseMessage => found !== null);
  }
}

function message(block: string): SseMessage | null {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
  }
  return data.length === 0 ? null : { event, data: data.join('\n') };
}

export async function readSse(body: ReadableStream<Uint8Array>, on: (message: SseMessage) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new SseParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const found of parser.push(decoder.decode(value, { stream: true }))) on(found);
  }
}
