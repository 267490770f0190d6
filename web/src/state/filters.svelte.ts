/** Filters that live in the address, so that a filtered list can be reloaded and shared. */
import { place, rename } from './router.svelte';

export class Filters {
  values: Record<string, string> = $state({});

  constructor(names: readonly string[]) {
    const given = new URLSearchParams(place.search);
    for (const name of names) this.values[name] = given.get(name) ?? '';
  }

  set(name: string, value: string): void {
    this.values[name] = value;
    const query = new URLSearchParams(Object.entries(this.values).filter(([, set]) => set !== '')).toString();
    rename(place.path + (query === '' ? '' : `?${query}`));
  }

  get(name: string): string {
    return this.values[name] ?? '';
  }

  get any(): boolean {
    return Object.values(this.values).some((value) => value !== '');
  }
}
