import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Injection token: pino's logger is an interface. */
export const LOGGER = Symbol('logger');

/** Structured lines on standard error; standard output keeps to what the operator is told. Never a token, a body or a password. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false }),
  );
}

/** What the framework says about itself is for whoever debugs it. */
export class FrameworkLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug({ framework: String(message) });
  }

  warn(message: unknown): void {
    this.logger.warn({ framework: String(message) });
  }

  error(message: unknown): void {
    this.logger.error({ framework: String(message) });
  }
}
