/** Words: dates, numbers and errors the way people here say them. */
import { ApiProblem } from '../api';
import { sayReason } from './messages';
import { zone } from './zone.svelte';

const numbers = new Intl.NumberFormat('en-IN');

export const count = (n: number | null | undefined): string => (n == null ? '–' : numbers.format(n));

export const kilos = (n: number | null | undefined): string => (n == null ? '–' : `${numbers.format(n)} kg`);

/** '512 kB', '1.2 GB': as exact as one needs it. */
export function bytes(n: number | null | undefined): string {
  if (n == null) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(n, 1)) / 3));
  const value = n / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}

const forms = new Intl.PluralRules('en');

/** "1 scan waits", "2 scans wait": the number, and the words in the form that goes with it. All plurals are made here. */
export const plural = (n: number, one: string, other = `${one}s`): string =>
  `${numbers.format(n)} ${forms.select(n) === 'one' ? one : other}`;

/** "12 bags" of a list, "more than 10,000 bags", or nothing where nobody knows. */
export function howMany(
  { total, atLeast }: { total: number | null; atLeast: number },
  one: string,
  many = `${one}s`,
): string {
  if (total !== null) return plural(total, one, many);
  return atLeast >= 10_000 ? `more than ${numbers.format(atLeast)} ${many}` : '';
}

/** '21 Nov, 14:05', in the organisation's zone. */
export function when(iso: string | null | undefined): string {
  if (iso == null) return '–';
  const date = new Date(iso);
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  };
  if (date.getFullYear() !== new Date().getFullYear()) options.year = 'numeric';
  return date.toLocaleString('en-GB', { ...options, timeZone: zone.name });
}

/** '21 Nov, 14:05, asha': when, and whose doing it was, where somebody is known. */
export const whenBy = (iso: string | null | undefined, whom: string | null): string =>
  whom === null ? when(iso) : `${when(iso)}, ${whom}`;

/** '21 Nov', of a business day like 2026-11-21. */
export const day = (of: string): string =>
  new Date(`${of}T00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone.name,
  });
}

/** '45 seconds', '14 minutes', '2 hours': as exact as one waits for it. */
export function duration(seconds: number): string {
  if (seconds < 100) return plural(Math.ceil(seconds), 'second');
  if (seconds < 6_000) return plural(Math.ceil(seconds / 60), 'minute');
  return plural(Math.ceil(seconds / 3_600), 'hour');
}

/** What went wrong, in a sentence for a person. */
export function sorry(error: unknown): string {
  if (error instanceof ApiProblem) return sayReason(error.problem.reason, error.problem.params, error.message);
  return 'The server can’t be reached. Check the network and try again.';
}
