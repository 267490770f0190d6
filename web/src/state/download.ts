/** Download: hand a file to the browser, which keeps it where it keeps files. */
import type { NamedFile } from '../api';

/** Long enough for every browser to have begun reading. */
const readWithin = 60_000; // milliseconds

export function download({ name, blob }: NamedFile): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), readWithin);
}
