import type { Account, AuditAction, Id, Invite, listAudit, listUsers, Input, Output } from '@tertulia/contract';
import type { RegistrationPolicy, ServerRole } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { Standing } from '../domain/standing.js';

/**
 * Every act here is one transaction: it decides under a lock on the rows of those it concerns, so that no role changes
 * meanwhile, and its entry in the audit log stands or falls with it.
 */
export abstract class Staff {
  /** For what is only read. Throws not_allowed. */
  abstract require(actor: Actor): Promise<void>;
}

export abstract class ServerSettings {
  /** Throws not_allowed. */
  abstract setRegistration(actor: Actor, registration: RegistrationPolicy): Promise<void>;
}

export interface NewInvite {
  tokenHash: string;
  days: number;
  maxUses: number;
}

export abstract class Invites {
  /** Throws not_allowed, invites_full. */
  abstract create(actor: Actor, invite: NewInvite): Promise<Invite>;
  abstract list(): Promise<Invite[]>;
  /** Throws not_allowed, invite_not_found. */
  abstract revoke(actor: Actor, invite: Id): Promise<Invite>;
}

/** What an act does to an account; what is not named stays. */
export interface AccountChange {
  action: AuditAction;
  data?: Record<string, string | number>;
  role?: ServerRole;
  /** Of the one who acts. */
  actorRole?: ServerRole;
  suspended?: boolean;
  endSessions?: boolean;
}

export interface ChangedAccount {
  userId: number;
  user: Account;
  /** The sessions that were alive until now. */
  ended: number[];
}

export abstract class ManagedAccounts {
  abstract list(query: Input<typeof listUsers>): Promise<Output<typeof listUsers>>;
  /** `decide` sees both as they are under the lock: it throws, or answers what is to be done; null is nothing. Throws person_not_found. */
  abstract change(
    actor: Actor,
    user: Id,
    decide: (actor: Standing, subject: Standing) => AccountChange | null,
  ): Promise<ChangedAccount>;
}

export abstract class AuditReader {
  /** Throws person_not_found. */
  abstract list(query: Input<typeof listAudit>): Promise<Output<typeof listAudit>>;
}
