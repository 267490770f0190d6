/** Settings: small things this device remembers. Losing them must never hurt. */
export function readSetting<T>(name: string): T | null {
  try {
    const text = localStorage.getItem(`tracetrack.${name}`);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export function writeSetting(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(`tracetrack.${name}`);
    else localStorage.setItem(`tracetrack.${name}`, JSON.stringify(value));
  } catch {
    // A private window may refuse; the setting lasts as long as the page then.
  }
}
