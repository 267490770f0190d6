/** The screens on which a gate is passed. */
import type { Gate } from '../state/gates';
import type { Loader } from '../state/router.svelte';

export const gateScreens: Record<Gate['slug'], Loader> = {
  password_change_required: { load: () => import('../pages/you/PasswordRequired.svelte') },
  two_factor_required: { load: () => import('../pages/second-factor/Required.svelte') },
};
