import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { ErrorCode } from '@tertulia/contract';

interface PgError extends Error {
  code?: string;
  constraint?: string;
}

/** Drizzle wraps what the driver throws. */
export function pgErrorOf(error: unknown): PgError | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error ? cause : null;
}

export function violates(error: unknown, constraint: string): boolean {
  return pgErrorOf(error)?.constraint === constraint;
}

const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  '57P03',
  '53300',
  '3D000',
  '28P01',
  '28000',
]);
const CUT = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02', '08000', '08003', '08006', '08P01']);
const ROLLED_BACK_BUSY = new Set(['55P03', '57014', '40001', '40P01', '25P03']);
const FULL = new Set(['53100', '58030', 'ENOSPC']);

/**
 * What a database error means for the command that met it. `outcome_unknown`: the connection broke after the command was
 * sent, so it may have committed. null: not the database's fault.
 */
export function databaseErrorCode(error: unknown): ErrorCode | null {
  const pgError = pgErrorOf(error);
  if (!pgError) return null;
  const code = pgError.code ?? '';
  if (NOT_REACHED.has(code) || /timeout exceeded when trying to connect|^timeout expired$/.test(pgError.message))
    return 'unavailable';
  if (
    CUT.has(code) ||
    /Connection terminated|Query read timeout|not queryable|Client has encountered/.test(pgError.message)
  )
    return 'outcome_unknown';
  if (ROLLED_BACK_BUSY.has(code)) return 'busy';
  if (FULL.has(code)) return 'storage_full';
  return null;
}
