import { HttpException } from '@nestjs/common';
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
  if (error instanceof HttpException && error.getStatus() === 404) return new AppError('route_not_found');
  const type = (error as { type?: string } | null)?.type;
  if (type === 'entity.too.large') return new AppError('too_large');
  if (type?.startsWith('entity.') || type?.startsWith('encoding.') || type?.startsWith('charset.')) return new AppError('malformed');
  if (error instanceof HttpException && error.getStatus() < 500) return new AppError('malformed');
  logger.error({ error: describe(error), stack: (error as Error | null)?.stack }, 'unexpected error');
  return new AppError('internal');
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
