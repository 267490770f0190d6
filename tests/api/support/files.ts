/** Files: what a browser would hand to a form. Node's own is no global before version 20. */
import { File as NodeFile } from 'node:buffer';

export function fileOf(content: string | Buffer, name: string): File {
  return new NodeFile([Buffer.from(content)], name) as unknown as File;
}
