/** Gates: what the server wants done before anything else. */
import type { User } from '../api';

export interface Gate {
  slug: string; // of the refusal of all the rest
  flag?: keyof User; // of the account, where it has one: then nothing has to be refused first
  load: () => Promise<{ default: unknown }>;
}

export const gates: readonly Gate[] = [
  { slug: 'password_change_required', flag: 'must_change_password', load: () => import('../pages/you/PasswordRequired.svelte') },
  { slug: 'two_factor_required', load: () => import('../pages/second-factor/Required.svelte') },
];
