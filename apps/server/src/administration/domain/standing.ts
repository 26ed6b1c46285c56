import type { ServerRole } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';

/** What somebody is at the moment of an act: read from the database under a lock, never from a token. */
export interface Standing {
  userId: number;
  role: ServerRole;
  suspended: boolean;
}

const rank: Record<ServerRole, number> = { owner: 2, admin: 1, member: 0 };

/** Admins and the owner. */
export function requireStaff(actor: Standing): void {
  if (rank[actor.role] < rank.admin) throw new AppError('not_allowed');
}

export function requireOwner(actor: Standing): void {
  if (actor.role !== 'owner') throw new AppError('not_allowed');
}

/** Nobody acts on themselves, on the owner, or on somebody of their own rank: an admin on members, the owner on all others. */
export function requireAbove(actor: Standing, subject: Standing): void {
  requireStaff(actor);
  requireAnother(actor, subject);
  if (rank[actor.role] <= rank[subject.role]) throw new AppError('not_allowed');
}

/** Throws own_account, owner_protected. */
export function requireAnother(actor: Standing, subject: Standing): void {
  if (actor.userId === subject.userId) throw new AppError('own_account');
  if (subject.role === 'owner') throw new AppError('owner_protected');
}
