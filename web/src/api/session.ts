import type { Asker } from './ask';
import type { UserRole as Role } from './tables';

export type { Role };

export interface User {
  id: number | string;
  username: string;
  role: Role;
  area: string | null;
  must_change_password?: boolean; // somebody else chose it: nothing else may be done before
}

export interface Session {
  user: User;
  csrf: string;
  idle_seconds: number;
  absolute_seconds: number;
  idle_left?: number;
  absolute_left?: number;
  zone?: string; // the organisation's time zone
}

export interface SignIn {
  username: string;
  password: string;
  code?: string; // second factor
}

export interface SetUp {
  token: string;
  username: string;
  password: string;
}

export class SessionApi {
  constructor(private readonly api: Asker) {}

  async signIn(body: SignIn): Promise<Session> {
    return this.keep(await this.api.ask<Session>('POST', '/api/session', body));
  }

  /** Who is signed in; a 401 problem when nobody is. Does not count as activity. */
  async get(): Promise<Session> {
    return this.keep(await this.api.ask<Session>('GET', '/api/session'));
  }

  async signOut(): Promise<void> {
    await this.api.ask<void>('DELETE', '/api/session');
    this.api.csrf = '';
  }

  private keep(session: Session): Session {
    this.api.csrf = session.csrf;
    return session;
  }
}

/** The very first administrator, made through the one-time link. */
export class SetupApi {
  constructor(private readonly api: Asker) {}

  get(): Promise<{ needed: boolean }> {
    return this.api.ask('GET', '/api/setup');
  }

  async finish(body: SetUp): Promise<Session> {
    const session = await this.api.ask<Session>('POST', '/api/setup', body);
    this.api.csrf = session.csrf;
    return session;
  }
}
