import { CommandError, createClient, type ClientEvent, type TertuliaClient } from '@tertulia/client';
import { openIndexedDbStorage } from '@tertulia/client/indexeddb';
import { serverOrigin } from './env';

export { CommandError };
export type {
  ChangingMessage,
  ClientEvent,
  ConnectionState,
  ConversationView,
  PendingMessage,
  ServerInfo,
  SessionState,
  TertuliaClient,
  Timeline,
} from '@tertulia/client';

let started: Promise<TertuliaClient> | null = null;
let running: TertuliaClient | null = null;

async function start(listener: (event: ClientEvent) => void): Promise<TertuliaClient> {
  const baseUrl = serverOrigin();
  const created = createClient({ baseUrl, storage: await openIndexedDbStorage('tertulia') });
  running = created;
  created.subscribe(listener);
  await created.restore();
  return created;
}

/** Once for the life of the page, however often React mounts. */
export function startClient(listener: (event: ClientEvent) => void): Promise<TertuliaClient> {
  started ??= start(listener);
  return started;
}

/** The client behind every action of a person: whatever they can press is shown after the session is known. */
export function client(): TertuliaClient {
  if (!running) throw new Error('The client is used before it was started');
  return running;
}

export const whenStarted = async (): Promise<TertuliaClient> => {
  if (!started) throw new Error('The client is used before it was started');
  return started;
};
