import { HttpException } from '@nestjs/common';
import type { ErrorCode } from '@tertulia/contract';
import { ZodError } from 'zod';
import { AppError } from '../shared/app-error.js';
import { databaseErrorCode } from './database/database-errors.js';
import type { Logger } from './logging/logger.js';

/** The named error for whatever was thrown. What nobody foresaw is logged here, once, and becomes `internal`. */
export function toAppError(error: unknown, logger: Logger): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return invalidInput(error);
  const code = databaseErrorCode(error);
  if (code) {
    logger.warn({ code, error: describe(error) }, 'database refused');
    return new AppError(code);
  }
  if (error instanceof HttpException && error.getStatus() < 500) return new AppError(codeOfStatus(error.getStatus()));
  logger.error({ error: describe(error), stack: (error as Error | null)?.stack }, 'unexpected error');
  return new AppError('internal');
}

/** What the framework refuses before any of our code: an unknown path, a body that cannot be read. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 404) return 'route_not_found';
  return status === 413 ? 'too_large' : 'malformed';
}

function invalidInput(error: ZodError): AppError {
  const issue = error.issues[0];
  return new AppError('invalid_input', { path: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
}

/** Drizzle's message holds the parameters, and so bodies and hashes: only the cause may be logged. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
