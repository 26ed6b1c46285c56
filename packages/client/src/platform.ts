import type { OpenChannel, Ports, WithLock } from './ports.js';
import { openSocket } from './wire/socket-io.js';

function webLocks(): WithLock | null {
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
  if (locks === undefined) return null;
  return <T>(name: string, work: () => Promise<T>) => locks.request(name, work) as Promise<T>;
}

const broadcast: OpenChannel = (name, listener) => {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event: MessageEvent<unknown>) => listener(event.data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
};

export function platformPorts(): Ports {
  // Node has some of these too, but there each client is on its own: no tabs to agree with.
  const inPage = typeof document !== 'undefined';
  return {
    fetch: (...args) => globalThis.fetch(...args),
    openSocket,
    withLock: inPage ? webLocks() : null,
    openChannel: inPage && typeof BroadcastChannel !== 'undefined' ? broadcast : null,
    keepsCookies: inPage,
    now: Date.now,
    random: Math.random,
  };
}
