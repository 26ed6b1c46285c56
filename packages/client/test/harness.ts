import type { Message } from '@tertulia/contract';
import { vi } from 'vitest';
import type { ClientEvent, ClientStorage, ConversationView, Timeline, TertuliaClient } from '../src/api.js';
import { createClientWith } from '../src/create-client.js';
import type { Ports } from '../src/ports.js';
import { memoryStorage } from '../src/storage/memory.js';
import type { FakeServer } from './fake-server.js';

/** Memory that outlives its client, as a disk would. */
export function diskLike(): ClientStorage {
  return Object.assign(memoryStorage(), { durable: true });
}

/** A client with everything it told. */
export class Seat {
  readonly events: ClientEvent[] = [];
  readonly client: TertuliaClient;

  constructor(server: FakeServer, user: string, storage: ClientStorage = memoryStorage(), ports: Partial<Ports> = {}) {
    this.client = createClientWith({ baseUrl: 'http://fake', storage }, server.portsFor(user, ports));
    this.client.subscribe((event) => this.events.push(event));
  }

  static async online(
    server: FakeServer,
    user: string,
    storage?: ClientStorage,
    ports?: Partial<Ports>,
  ): Promise<Seat> {
    const seat = new Seat(server, user, storage, ports);
    await seat.client.restore();
    await seat.until(() => seat.state === 'online' && seat.listed);
    return seat;
  }

  get state(): string | undefined {
    return this.last('connection')?.state;
  }

  get listed(): boolean {
    return this.last('conversations')?.status === 'ready';
  }

  row(conversation: string): ConversationView | undefined {
    return this.last('conversations')?.rows.find(({ id }) => id === conversation);
  }

  timeline(conversation: string): Timeline | undefined {
    const found = this.events.findLast(
      (event) => event.type === 'timeline' && event.timeline.conversation === conversation,
    );
    return found?.type === 'timeline' ? found.timeline : undefined;
  }

  /** A message as it is shown now. */
  message(conversation: string, seq: number): Message {
    const found = this.timeline(conversation)?.messages.find((message) => message.seq === seq);
    if (found === undefined) throw new Error(`message ${seq} is not shown`);
    return found;
  }

  bodies(conversation: string): string[] {
    return this.timeline(conversation)?.messages.map(({ body }) => body) ?? [];
  }

  pending(conversation: string): string[] {
    return this.timeline(conversation)?.pending.map(({ body, state }) => `${body}: ${state}`) ?? [];
  }

  until(true_: () => boolean, timeout = 3_000): Promise<void> {
    return vi.waitUntil(true_, { timeout, interval: 5 }).then(() => {});
  }

  last<T extends ClientEvent['type']>(type: T): Extract<ClientEvent, { type: T }> | undefined {
    return this.events.findLast((event): event is Extract<ClientEvent, { type: T }> => event.type === type);
  }
}
