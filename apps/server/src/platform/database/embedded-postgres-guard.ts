const CHECK_MS = 1_000;

interface Guarded {
  isRunning(): Promise<boolean>;
  /** null, or what was said by a PostgreSQL that did not start. */
  start(): Promise<string | null>;
}

/**
 * Brings PostgreSQL back when it has died under a running server: killed, or stopped by a full disk. Nothing
 * acknowledged is lost by it, and nobody else would start it again. Gives the way to stop guarding.
 */
export function guard(postgres: Guarded, log: (sentence: string) => void): () => Promise<void> {
  let stopped = false;
  let lastComplaint = '';
  let timer: NodeJS.Timeout;
  let checking = Promise.resolve();

  const check = async (): Promise<void> => {
    if (stopped || (await postgres.isRunning())) return;
    log('PostgreSQL is gone; it is started again.');
    const output = await postgres.start();
    if (output !== null && output !== lastComplaint) log(`PostgreSQL does not start: ${output.trim()}`);
    lastComplaint = output ?? '';
  };
  const again = (): void => {
    timer = setTimeout(() => {
      checking = check()
        .catch((error: unknown) => {
          log(`PostgreSQL could not be looked after: ${String(error)}`);
        })
        .then(() => {
          if (!stopped) again();
        });
    }, CHECK_MS).unref();
  };
  again();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await checking;
  };
}
