/** People, as an administrator sees them, and what he arranges for them. */
import { query, type Asker } from './ask';
import type { Page, Paging } from './list';
import type { Role } from './session';
import type { PromotionState, UserState } from './tables';

export interface Person {
  id: number;
  username: string;
  email: string | null;
  role: Role;
  area: string | null;
  state: UserState;
  created_at: string;
  signed_in_at: string | null;
  locked_until: string | null; // by wrong passwords
  sessions: number;
  two_factor: boolean;
}

export interface UserFilters extends Paging {
  q?: string;
  role?: string;
  state?: string;
  area?: string;
}

export interface NewUser {
  username: string;
  password: string;
  role: Role;
  email?: string;
  area?: string;
  temporary?: boolean; // the person has to choose another password
}

/** What is not said stays; an empty e-mail or area takes it away. */
export interface UserChange {
  username?: string;
  email?: string;
  role?: Role;
  area?: string;
  state?: 'active' | 'locked';
  password?: string;
  temporary?: boolean; // as for a new user
}

export interface UserActivity {
  user: Person;
  scans: number;
  linked: number;
  bags: number; // different ones
  busiest_hour: number | null; // 0 to 23, in the organisation's zone
  days: { day: string; scans: number; linked: number }[];
  recent: { at: string; action: string; entity: string; entity_id: number | null; reason: string | null }[];
}

export class UsersApi {
  constructor(private readonly api: Asker) {}

  list(filters: UserFilters = {}): Promise<Page<Person>> {
    return this.api.ask('GET', `/api/users${query(filters)}`);
  }

  add(body: NewUser): Promise<Person> {
    return this.api.ask('POST', '/api/users', body);
  }

  get(id: number): Promise<Person> {
    return this.api.ask('GET', `/api/users/${id}`);
  }

  patch(id: number, change: UserChange): Promise<Person> {
    return this.api.ask('PATCH', `/api/users/${id}`, change);
  }

  remove(id: number): Promise<void> {
    return this.api.ask('DELETE', `/api/users/${id}`);
  }

  /** Let in somebody who has registered. */
  approve(id: number): Promise<Person> {
    return this.api.ask('POST', `/api/users/${id}/approve`);
  }

  unlock(id: number): Promise<Person> {
    return this.api.ask('POST', `/api/users/${id}/unlock`);
  }

  /** End all sessions of somebody, on every server. */
  signOut(id: number): Promise<{ ended: number }> {
    return this.api.ask('POST', `/api/users/${id}/sign-out`);
  }

  /** Take away the second factor of somebody who has lost it. */
  dropSecondFactor(id: number): Promise<void> {
    return this.api.ask('DELETE', `/api/users/${id}/2fa`);
  }

  activity(id: number): Promise<UserActivity> {
    return this.api.ask('GET', `/api/users/${id}/activity`);
  }
}

export interface Area {
  id: number;
  name: string;
  users: number; // who belong to it
}

export class AreasApi {
  constructor(private readonly api: Asker) {}

  list(): Promise<Page<Area>> {
    return this.api.ask('GET', '/api/areas');
  }

  add(name: string): Promise<Area> {
    return this.api.ask('POST', '/api/areas', { name });
  }

  rename(id: number, name: string): Promise<Area> {
    return this.api.ask('PATCH', `/api/areas/${id}`, { name });
  }

  remove(id: number): Promise<void> {
    return this.api.ask('DELETE', `/api/areas/${id}`);
  }
}

export interface Family {
  id: number;
  name: string;
  prefix: string;
  pattern: string;
  capacity: number | null; // null: the number that the code ends in
  child_weight_kg: number;
}

/** A new family needs name, pattern and example; the pattern of one with bags stays. */
export interface FamilyChange {
  name?: string;
  pattern?: string;
  prefix?: string;
  example?: string;
  capacity?: number;
  child_weight_kg?: number;
}

export class FamiliesApi {
  constructor(private readonly api: Asker) {}

  list(): Promise<Page<Family>> {
    return this.api.ask('GET', '/api/families');
  }

  add(body: FamilyChange): Promise<Family> {
    return this.api.ask('POST', '/api/families', body);
  }

  patch(id: number, change: FamilyChange): Promise<Family> {
    return this.api.ask('PATCH', `/api/families/${id}`, change);
  }

  remove(id: number): Promise<void> {
    return this.api.ask('DELETE', `/api/families/${id}`);
  }
}

export interface Promotion {
  id: number;
  user_id: number;
  username: string;
  role: Role;
  reason: string;
  state: PromotionState;
  asked_at: string;
  decided_at: string | null;
  decided_by: string | null;
  notes: string | null;
}

export interface PromotionFilters extends Paging {
  state?: string;
  user?: string;
}

/** Requests to be made an administrator: an administrator sees all, anybody else his own. */
export class PromotionsApi {
  constructor(private readonly api: Asker) {}

  list(filters: PromotionFilters = {}): Promise<Page<Promotion>> {
    return this.api.ask('GET', `/api/promotions${query(filters)}`);
  }

  ask(reason: string): Promise<Promotion> {
    return this.api.ask('POST', '/api/promotions', { reason });
  }

  decide(id: number, approve: boolean, notes: string): Promise<Promotion> {
    return this.api.ask('POST', `/api/promotions/${id}/decision`, notes === '' ? { approve } : { approve, notes });
  }
}
