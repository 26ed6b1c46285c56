import type { AuditAction, Me, Notice, Person, RegistrationPolicy, SessionInfo } from '@tertulia/contract';
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
  /** The same password, hashed anew. Does nothing when the password has been changed meanwhile. */
  abstract rehash(account: Account, passwordHash: string): Promise<void>;
  /**
   * Another password, and all sessions but `keep` are over, and the person will be told: all of it or nothing. Gives the
   * sessions that ended.
   */
  abstract setPassword(userId: number, passwordHash: string, keep: KeptSession | null): Promise<number[]>;
}

/** The session that a change was made in: it goes on, and needs not be told. */
export interface KeptSession {
  id: number;
  publicId: string;
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
  /** Hash of the cookie by which this browser is known again. */
  deviceHash: string;
}

export type Rotation =
  | { outcome: 'rotated' | 'repeated'; session: SessionRecord }
  | { outcome: 'reused'; session: null; ended: SessionRecord }
  | { outcome: 'ended'; session: null };

export abstract class Sessions {
  /**
   * null: the password that was checked is not theirs any more. From a device that had no session before, unless it is the
   * first of all, the person will be told.
   */
  abstract open(account: Account, device: Device): Promise<SessionRecord | null>;
  /**
   * Moves to the next generation if `generation` is the current one. The one before it, within 30 s, gets the same
   * successor again (parallel tabs, lost answers); anything older is reuse of a stolen token: it ends the session, and the
   * person will be told.
   */
  abstract rotate(publicId: string, generation: number): Promise<Rotation>;
  abstract end(sessionId: number): Promise<void>;
  /** Ends it if it is theirs and alive; null: there is no such session. */
  abstract endOwn(userId: number, publicId: string): Promise<number | null>;
  /** Those alive, by last use. */
  abstract listOf(userId: number): Promise<Omit<SessionInfo, 'isCurrent'>[]>;
  /** Was this device logged in to the account of this e-mail before? Takes as long when there is none. */
  abstract knowsDevice(email: string, deviceHash: string): Promise<boolean>;
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

/** What a person will be told about their account. Written with what it tells of, see Sessions and Accounts. */
export abstract class Notices {
  /** Not dismissed, newest first; without what this session did itself: whoever did it must not be the one to read it away. */
  abstract listFor(userId: number, session: string): Promise<Notice[]>;
  abstract dismiss(userId: number, session: string, notice: string): Promise<void>;
}

export interface Attempt {
  email: string;
  address: string;
  /**
   * A device or a session that was let in before: it has failures of its own, so that nobody who only knows the e-mail can
   * make it wait. null: none.
   */
  known: string | null;
}

/** Slows guessing down without locking anybody out for good. */
export abstract class LoginThrottle {
  /** Throws too_many_attempts. */
  abstract admit(attempt: Attempt): Promise<void>;
  abstract failed(attempt: Attempt): Promise<void>;
  abstract succeeded(attempt: Attempt): Promise<void>;
  /** Throws too_many_attempts. */
  abstract admitRegistration(address: string): Promise<void>;
  /** Somebody who asks for mail to an address, which may not be theirs. Throws too_many_attempts. */
  abstract admitRecovery(email: string, address: string): Promise<void>;
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
  /**
   * Stored when it resolves. Never throws: what it tells of has happened, and saying otherwise would be false; what could
   * not be stored is written to the log instead.
   */
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
  /** Whose it is, without using it up; null: `redeem` would refuse it. */
  abstract find(token: string, purpose: 'recovery' | 'email'): Promise<number | null>;
  /** Uses it up, in one step; null: unknown, used, void or out of date. */
  abstract redeem(
    token: string,
    purpose: 'recovery' | 'email',
  ): Promise<{ userId: number; email: string | null } | null>;
}

export abstract class RecoveryMail {
  abstract readonly isPossible: boolean;
  /** `language`: as the browser asks for it, `en` or `es`. Rejects when the mail server did not take it. */
  abstract send(mail: { to: string; link: string; minutes: number; language: string }): Promise<void>;
}
