import { v7 as uuidv7 } from 'uuid';
import type { ClientStorage } from '../api.js';
import type { WithLock } from '../ports.js';

const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
const ASK_MS = 400;
/** Two tabs may write at the same moment; the one that stands there after this has it. */
const CONFIRM_MS = 60;

interface Lease {
  owner: string;
  until: number;
}

/**
 * A lock between tabs where the browser has none (plain http): a lease in the shared storage. Should two hold it for a
 * moment, the server still stores each message once.
 */
export function leaseLock(storage: ClientStorage, now: () => number): WithLock {
  const owner = uuidv7();
  const key = (name: string) => `lease|${name}`;
  const write = (name: string, until: number) =>
    storage.write([{ store: 'meta', key: key(name), value: { owner, until } satisfies Lease }]);
  const read = (name: string) => storage.get<Lease>('meta', key(name));

  const take = async (name: string): Promise<boolean> => {
    const held = await read(name);
    if (held !== undefined && held.owner !== owner && held.until > now() && held.until < now() + 2 * LEASE_MS)
      return false;
    await write(name, now() + LEASE_MS);
    await pause(CONFIRM_MS);
    return (await read(name))?.owner === owner;
  };

  return async (name, work) => {
    try {
      while (!(await take(name))) await pause(ASK_MS);
    } catch {
      // A storage that refuses is shared with nobody.
      return work();
    }
    const renewal = setInterval(() => void write(name, now() + LEASE_MS).catch(() => {}), RENEW_MS);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      await storage.write([{ store: 'meta', key: key(name) }]).catch(() => {});
    }
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
