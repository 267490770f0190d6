/**
 * Cookie jar for programs outside a browser (the API tests). A browser keeps its own cookies and
 * shows none of them to scripts, so there this stays empty and unused.
 */
export class CookieJar {
  private readonly cookies = new Map<string, string>();

  header(): string {
    return Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ');
  }

  keep(headers: Headers): void {
    for (const line of linesOf(headers)) this.keepOne(line);
  }

  clear(): void {
    this.cookies.clear();
  }

  private keepOne(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    if (at < 1) return;
    const name = pair.slice(0, at).trim();
    const value = pair.slice(at + 1).trim();
    const dead = value === '' || attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
    if (dead) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** One line for each cookie. Debian's Node 18 only knows them joined by commas; a comma in a date has no name behind it. */
function linesOf(headers: Headers): string[] {
  return headers.getSetCookie?.() ?? headers.get('Set-Cookie')?.split(/,\s*(?=[^\s;,=]+=)/) ?? [];
}
