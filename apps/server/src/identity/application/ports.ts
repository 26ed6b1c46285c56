import type { AuditAction, Me, Person, RegistrationPolicy } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';

export interface Account extends Me {
  userId: number;
  passwordHash: string;
  suspended: boolean;
}

export interface NewAccount {
  email: string;
  name: string;
  passwordHash: string;
  address: string;
  /** The token of an invitation. */
  invite?: string | undefined;
}

export abstract class Accounts {
  /**
   * The first account becomes the owner; who may make the others is decided, and an invitation used, in the same
   * transaction. Throws email_taken, registration_closed, invite_invalid.
   */
  abstract create(account: NewAccount): Promise<Account>;
  abstract findByEmail(email: string): Promise<Account | null>;
  abstract findById(userId: number): Promise<Account | null>;
  abstract any(): Promise<boolean>;
  abstract updatePasswordHash(userId: number, passwordHash: string): Promise<void>;
}

/** Who may make an account. */
export abstract class Admission {
  abstract policy(): Promise<RegistrationPolicy>;
}

/** Everybody as everybody may see them. */
export abstract class People {
  /** By part of the name or by the exact e-mail. */
  abstract search(q: string, limit: number): Promise<Person[]>;
  abstract findInternalIds(publicIds: readonly string[]): Promise<Map<string, number>>;
  abstract byInternalIds(userIds: readonly number[]): Promise<Map<number, Person>>;
}

export interface SessionRecord {
  id: number;
  publicId: string;
  generation: number;
  userId: number;
}

export interface Device {
  userAgent: string;
  address: string;
}

export type Rotation =
  { outcome: 'rotated' | 'repeated'; session: SessionRecord } | { outcome: 'reused' | 'ended'; session: null };

export abstract class Sessions {
  abstract open(userId: number, device: Device): Promise<SessionRecord>;
  /**
   * Moves to the next generation if `generation` is the current one. The one before it, within 30 s, gets the same
   * successor again (parallel tabs, lost answers); anything older is reuse of a stolen token and ends the session.
   */
  abstract rotate(publicId: string, generation: number): Promise<Rotation>;
  abstract end(sessionId: number): Promise<void>;
  /** All of a person's but `except`. Gives those that were alive. */
  abstract endAllOf(userId: number, except?: number): Promise<number[]>;
  abstract find(publicId: string): Promise<SessionRecord | null>;
  /** Who asks, if the session is alive. */
  abstract findActor(publicId: string): Promise<Actor | null>;
  /** Of these sessions, those that have ended. */
  abstract ended(sessionIds: readonly number[]): Promise<number[]>;
}

export abstract class PasswordHasher {
  abstract hash(password: string): Promise<string>;
  abstract verify(hash: string, password: string): Promise<boolean>;
  /** Spends the time of a verification: an unknown e-mail takes as long as a wrong password. */
  abstract verifyNothing(password: string): Promise<void>;
  abstract isOutdated(hash: string): boolean;
}

/** Passwords that every guesser tries first, folded. */
export abstract class CommonPasswords {
  abstract load(): Promise<ReadonlySet<string>>;
}

export interface AccessClaims {
  user: string;
  session: string;
  expiresAt: number;
}

export abstract class Tokens {
  /** `expiresIn` in seconds. */
  abstract signAccess(user: string, session: string): Promise<{ accessToken: string; expiresIn: number }>;
  /** Throws unauthenticated or token_expired. */
  abstract verifyAccess(token: string): Promise<AccessClaims>;
  abstract makeRefresh(session: string, generation: number): string;
  /** null: not one of ours. */
  abstract readRefresh(token: string): { session: string; generation: number } | null;
}

/** Slows guessing down without locking anybody out for good. */
export abstract class LoginThrottle {
  /** Throws too_many_attempts. */
  abstract admit(email: string, address: string): Promise<void>;
  abstract failed(email: string, address: string): Promise<void>;
  abstract succeeded(email: string, address: string): Promise<void>;
  /** Throws too_many_attempts. */
  abstract admitRegistration(address: string): Promise<void>;
}

/** Told when a session ends here, so that its sockets close at once. */
export abstract class SessionEnds {
  abstract sessionEnded(sessionId: number): void;
}

/** What is worth knowing afterwards about who got in and who decided what. */
export interface AuditEntry {
  action: AuditAction;
  actorId: number | null;
  subjectId?: number;
  address?: string;
  /** Facts only: never a token, a password or the text of a message. */
  data?: Record<string, string | number>;
}

export abstract class Audit {
  /** Stored when it resolves. */
  abstract record(entry: AuditEntry): Promise<void>;
}

/** Links of one use, sent by mail or handed over. Whoever has the link is believed, so only a hash of it is kept. */
export abstract class AccountLinks {
  /** The token of the link, 256 bit. Those of the same purpose that were not used are void from here on. */
  abstract issue(link: {
    userId: number;
    purpose: 'recovery' | 'email';
    email?: string;
    minutes: number;
  }): Promise<string>;
  /** Uses it up, in one step; null: unknown, used, void or out of date. */
  abstract redeem(
    token: string,
    purpose: 'recovery' | 'email',
  ): Promise<{ userId: number; email: string | null } | null>;
}
