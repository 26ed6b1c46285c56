import type { Logger } from './platform/logging/logger.js';

/** Ends the process by then, whatever is stuck. What was acknowledged is stored. */
export function exitInTime(ms: number, logger: Logger): void {
  setTimeout(() => {
    logger.fatal('could not stop in time: ended where it stood');
    process.exit(1);
  }, ms).unref();
}
