/** Gates: what the server wants done before anything else. */
import type { User } from '../api';

export interface Gate {
  slug: 'password_change_required' | 'two_factor_required'; // of the refusal of all the rest
  flag?: keyof User; // of the account, where it has one: then nothing has to be refused first
}

export const gates: readonly Gate[] = [
  { slug: 'password_change_required', flag: 'must_change_password' },
  { slug: 'two_factor_required' },
];
