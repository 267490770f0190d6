/**
 * Families: how the codes of parents look. The server is asked once the person is known, and its last
 * answer is kept for the times without a network. Before the first one nothing is guessed.
 */
import type { Family } from '../api';
import { capacityOf, familyOf } from '../scanner/family';
import { session, watch } from './session.svelte';
import { readSetting, writeSetting } from './settings';

let known: readonly Family[] = readSetting<Family[]>('families') ?? [];

export async function learnFamilies(): Promise<void> {
  const user = session.user?.id;
  try {
    const { items } = await watch.families.list();
    if (session.user?.id === user) remember(items);
  } catch {
    // What is known stays: it is only a hint.
  }
}

/** The next person may be of another organisation. */
export function forgetFamilies(): void {
  remember([]);
}

function remember(families: readonly Family[]): void {
  known = families;
  writeSetting('families', families.length === 0 ? null : families);
}

/** The server spoke of this one: if it is new, there may be more news. */
export function hearOfFamily(name: string | null): void {
  if (name !== null && !known.some((family) => family.name === name)) void learnFamilies();
}

export function looksLikeParent(code: string): boolean {
  return familyOf(code, known) !== undefined;
}

/** How many children a parent of this code should hold, or null when the code says nothing. */
export function likelyCapacity(code: string): number | null {
  const family = familyOf(code, known);
  return family === undefined ? null : capacityOf(family, code);
}
