import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from '../logging/logger.js';
import { toAppError } from '../to-app-error.js';

/** Every refusal leaves as `{ error: { code, message, data } }` with the status of its code. */
@Catch()
export class AppErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const refusal = toAppError(error, this.logger);
    const retryAfter = refusal.data?.['retryAfter'] ?? refusal.data?.['after'];
    if (typeof retryAfter === 'number') response.setHeader('Retry-After', Math.ceil(retryAfter));
    if (!response.headersSent) response.status(refusal.status).json({ error: refusal.toWire() });
  }
}
