import { afterEach, beforeEach, vi } from 'vitest';
import { CommandError, type ClientStorage } from '../src/api.js';
import type { Entry, Place } from '../src/outbox/entry.js';
import type { OutboxHint } from '../src/outbox/hint.js';
import { Outbox, type OutboxOptions } from '../src/outbox/outbox.js';
import type { WithLock } from '../src/ports.js';
import { CarefulStorage } from '../src/storage/careful-storage.js';
import { diskLike } from './harness.js';

interface World {
  disk: ClientStorage;
  tabs: Outbox[];
  /** What the server took, in order, in words. */
  delivered: string[];
  /** What becomes of each command; by default it is taken. */
  deliver: (entry: Entry) => Promise<void>;
  /** Where messages stand, by id. */
  places: Map<string, Place>;
  ver: number;
  online: boolean;
  followed: number;
  epoch: string;
}

const fresh = (): World => ({
  disk: diskLike(),
  tabs: [],
  delivered: [],
  deliver: () => Promise.resolve(),
  places: new Map(),
  ver: 0,
  online: true,
  followed: 0,
  epoch: 'one',
});

/** What surrounds the outboxes of a test. */
export const world: World = fresh();

export function useOutboxes(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(world, fresh());
  });
  afterEach(() => {
    for (const tab of world.tabs) tab.close();
    vi.useRealTimers();
  });
}

export const refusal = (code: CommandError['code'], data?: Record<string, unknown>) => new CommandError(code, '', data);
export const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
export const stored = (store: 'outbox' | 'acknowledged' = 'outbox') => world.disk.list<Entry>(store, 'u|');

export const states = (tab: Outbox, conversation = 'talk') =>
  tab.pendingOf(conversation).map(({ body, state, error }) => [body, state, error].filter(Boolean).join(' '));
export const changing = (tab: Outbox, conversation = 'talk') =>
  tab
    .changingOf(conversation)
    .map(({ seq, body, state, error }) => [`${seq}:`, body ?? 'deleted', state, error].filter(Boolean).join(' '));

export function wordsOf(entry: Entry): string {
  if (entry.kind === 'send') return entry.body;
  if (entry.kind === 'cancel') return 'cancelled';
  return entry.kind === 'edit' ? `${entry.seq}=${entry.body} over ${entry.base}` : `${entry.seq} deleted`;
}

function take(entry: Entry): Place {
  world.delivered.push(wordsOf(entry));
  const id = entry.kind === 'send' ? entry.id : entry.of;
  const known = entry.kind === 'send' ? undefined : entry.seq;
  const place = { seq: world.places.get(id)?.seq ?? known ?? world.places.size + 1, ver: (world.ver += 1) };
  world.places.set(id, place);
  return place;
}

const direct: WithLock = (_, work) => work();

/** A tab on the shared disk; what it tells, the others hear. */
export async function openTab(more: Partial<OutboxOptions> = {}): Promise<Outbox> {
  const tell = (hint: unknown) => world.tabs.forEach((other) => void (other === tab || other.hear(hint as OutboxHint)));
  const tab: Outbox = new Outbox({
    storage: new CarefulStorage(world.disk, () => {}),
    namespace: 'u|',
    withLock: direct,
    lockName: 'outbox',
    channel: { post: tell },
    deliver: async (entry) => {
      await world.deliver(entry);
      return take(entry);
    },
    find: (_, id) => {
      const place = world.places.get(id);
      return place === undefined ? Promise.reject(refusal('message_not_found')) : Promise.resolve(place);
    },
    online: () => world.online,
    epoch: () => world.epoch,
    followed: () => world.followed,
    verOf: () => undefined,
    now: Date.now,
    random: () => 1,
    changed: () => {},
    ...more,
  });
  await tab.load();
  world.tabs.push(tab);
  return tab;
}
