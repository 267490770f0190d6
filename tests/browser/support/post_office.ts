/** Post office: a mail server on 127.0.0.1 that keeps what it is given. */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export class PostOffice {
  /** The plain text of each message, the oldest first. */
  readonly letters: string[] = [];
  private readonly server: Server = createServer((socket) => this.serve(socket));

  /** Where it takes mail. */
  async open(): Promise<string> {
    await new Promise<void>((settle) => this.server.listen(0, '127.0.0.1', settle));
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }

  private serve(socket: Socket): void {
    let rest = '';
    let message: string[] | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const take = (line: string): void => {
      if (message === null) {
        if (line === 'DATA') message = [];
        say(line === 'DATA' ? '354 go on' : line === 'QUIT' ? '221 bye' : '250 ok');
      } else if (line !== '.') message.push(line.replace(/^\./, ''));
      else {
        this.letters.push(plainText(message));
        message = null;
        say('250 taken');
      }
    };
    socket
      .setEncoding('utf8')
      .on('error', () => undefined)
      .on('data', (text: string) => {
        const lines = (rest + text).split('\r\n');
        rest = lines.pop() ?? '';
        lines.forEach(take);
      });
    say('220 here');
  }
}

/** Ours are base64, the plain text first. */
function plainText(lines: readonly string[]): string {
  const packed = /base64\n\n([^-]*)/.exec(lines.join('\n'))?.[1] ?? '';
  return Buffer.from(packed, 'base64').toString('utf8');
}
