/** One's own account: what everybody may see and change of himself, and the ways in. */
import { query, type Asker } from './ask';
import type { Page, Paging } from './list';
import type { Role } from './session';
import type { NoticeKind } from './tables';

export interface Profile {
  id: number;
  username: string;
  email: string | null;
  role: Role;
  area: string | null;
  zone: string;
  created_at: string;
  signed_in_at: string | null;
}

export class ProfileApi {
  constructor(private readonly api: Asker) {}

  get(): Promise<Profile> {
    return this.api.ask('GET', '/api/profile');
  }

  /** What is not said stays; an empty e-mail takes it away. */
  put(change: { username?: string; email?: string; current?: string }): Promise<Profile> {
    return this.api.ask('PUT', '/api/profile', change);
  }

  /** All other sessions end. */
  changePassword(current: string, password: string): Promise<void> {
    return this.api.ask('PUT', '/api/profile/password', { current, password });
  }
}

export interface SecondFactor {
  enabled: boolean;
  recovery_codes_left: number;
  required: boolean; // nothing else may be done without
}

/** What an authenticator app has to be told; it counts once a code of it was shown. */
export interface NewSecret {
  secret: string; // Base32
  uri: string; // otpauth://
  svg: string;
}

export class SecondFactorApi {
  constructor(private readonly api: Asker) {}

  get(): Promise<SecondFactor> {
    return this.api.ask('GET', '/api/profile/2fa');
  }

  begin(): Promise<NewSecret> {
    return this.api.ask('POST', '/api/profile/2fa');
  }

  /** The recovery codes are told this one time. */
  confirm(code: string): Promise<{ recovery_codes: string[] }> {
    return this.api.ask('POST', '/api/profile/2fa/confirm', { code });
  }

  drop(password: string): Promise<void> {
    return this.api.ask('DELETE', '/api/profile/2fa', { password });
  }
}

export interface SessionEntry {
  id: number;
  device: string; // as the browser calls itself
  address: string;
  created_at: string;
  used_at: string;
  current: boolean;
}

export class SessionsApi {
  constructor(private readonly api: Asker) {}

  list(): Promise<Page<SessionEntry>> {
    return this.api.ask('GET', '/api/sessions');
  }

  end(id: number): Promise<void> {
    return this.api.ask('DELETE', `/api/sessions/${id}`);
  }

  endOthers(): Promise<void> {
    return this.api.ask('DELETE', '/api/sessions');
  }
}

export interface Registration {
  username: string;
  email: string;
  password: string;
}

/** For people who are not signed in. */
export class EntranceApi {
  constructor(private readonly api: Asker) {}

  features(): Promise<{ mail: boolean }> {
    return this.api.ask('GET', '/api/features');
  }

  /** The answer is the same whether or not there is such an account. */
  forgot(email: string): Promise<{ mail: boolean }> {
    return this.api.ask('POST', '/api/password/forgotten', { email });
  }

  reset(token: string, password: string): Promise<void> {
    return this.api.ask('POST', '/api/password/reset', { token, password });
  }

  registrationOpen(): Promise<{ open: boolean }> {
    return this.api.ask('GET', '/api/registrations');
  }

  /** An administrator has to approve it. The answer does not tell whether the name was free. */
  register(body: Registration): Promise<{ state: 'waiting' }> {
    return this.api.ask('POST', '/api/registrations', body);
  }
}

export interface Notification {
  id: number;
  kind: NoticeKind;
  params: Record<string, string | number>;
  title: string; // in English
  message: string;
  link: string | null; // a page of ours
  created_at: string;
  read_at: string | null;
}

export interface Notifications extends Page<Notification> {
  unread: number;
}

export class NotificationsApi {
  constructor(private readonly api: Asker) {}

  /** Unread ones first; does not count as activity. */
  list(paging: Paging = {}): Promise<Notifications> {
    return this.api.ask('GET', `/api/notifications${query(paging)}`);
  }

  read(id: number): Promise<void> {
    return this.api.ask('POST', `/api/notifications/${id}/read`);
  }

  readAll(): Promise<{ read: number }> {
    return this.api.ask('POST', '/api/notifications/read-all');
  }

  remove(id: number): Promise<void> {
    return this.api.ask('DELETE', `/api/notifications/${id}`);
  }
}
