import { BootError } from '../boot-error.js';
import { databaseErrorCode, pgErrorOf } from './database-errors.js';

const TRIES = 6;
const PAUSE_MS = 1_000;
/** No such host, password or database: waiting mends nothing. */
const HOPELESS = new Set(['ENOTFOUND', '28P01', '28000', '3D000']);

/**
 * What a node asks while it starts. A database that is slow or restarting just then is no reason to give up: the nodes that
 * run already wait for it, too. After half a minute a sentence says what is wrong.
 */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask();
    } catch (error) {
      if (databaseErrorCode(error) === null) throw error;
      if (tried === TRIES || HOPELESS.has(pgErrorOf(error)?.code ?? '')) throw unreachable(error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

const unreachable = (error: unknown): BootError =>
  new BootError(
    `PostgreSQL cannot be reached: ${pgErrorOf(error)?.message}. Check DATABASE_URL, and that its server runs and is not overloaded; then start again.`,
    { cause: error },
  );
