import type { RedisClientType } from '@redis/client';
import type { Logger } from '../logging/logger.js';
import { Bus, type BusListener } from './bus.js';

const LONGEST_WAIT_MS = 2_000;
/** A connection that leads nowhere is noticed by its unanswered pings. */
const PING_MS = 3_000;
const SILENCE_MS = 10_000;

type Client = Pick<RedisClientType, 'connect' | 'destroy' | 'publish' | 'subscribe' | 'isReady' | 'on'>;

interface Envelope {
  from: string;
  message: unknown;
}

/** The bus over pub/sub of Redis or Valkey: channels of our own, no keys, nothing that a restart of it could lose. */
export class RedisBus extends Bus {
  private readonly listeners = new Map<string, BusListener[]>();
  private readonly watchers: ((connected: boolean) => void)[] = [];
  private publisher: Client | null = null;
  private subscriber: Client | null = null;
  private wasConnected = false;

  constructor(
    private readonly url: string,
    /** The same on all nodes of one chat, and unlike any other's on this Redis. */
    private readonly namespace: string,
    private readonly logger: Logger,
  ) {
    super();
  }

  get connected(): boolean {
    return this.publisher?.isReady === true && this.subscriber?.isReady === true;
  }

  publish(topic: string, message: unknown): void {
    if (!this.publisher?.isReady) return;
    const text = JSON.stringify({ from: this.nodeId, message } satisfies Envelope);
    void this.publisher.publish(this.channel(topic), text).catch(() => undefined);
  }

  on(topic: string, listener: BusListener): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  onConnectionChange(listener: (connected: boolean) => void): void {
    this.watchers.push(listener);
  }

  /** Does not wait for Redis: a chat without it is slower, not closed. */
  async onApplicationBootstrap(): Promise<void> {
    // Loaded here, so that a single node does not carry it in memory.
    const { createClient } = await import('@redis/client');
    const options = {
      url: this.url,
      disableOfflineQueue: true,
      pingInterval: PING_MS,
      socket: {
        reconnectStrategy: (retries: number) =>
          Math.min(LONGEST_WAIT_MS, 50 * 2 ** Math.min(retries, 6)) * Math.random(),
        socketTimeout: SILENCE_MS,
      },
    };
    this.publisher = this.open(createClient(options));
    this.subscriber = this.open(createClient({ ...options, disableOfflineQueue: false }));
    for (const topic of this.listeners.keys())
      void this.subscriber.subscribe(this.channel(topic), (text) => this.hear(topic, text)).catch(() => undefined);
  }

  onApplicationShutdown(): void {
    for (const client of [this.publisher, this.subscriber]) client?.destroy();
  }

  private open(client: Client): Client {
    client.on('error', (error: Error) => this.logger.debug({ error: error.message }, 'bus'));
    for (const event of ['ready', 'end', 'reconnecting']) client.on(event, () => this.look());
    client.connect().catch(() => undefined);
    return client;
  }

  private look(): void {
    const { connected } = this;
    if (connected === this.wasConnected) return;
    this.wasConnected = connected;
    this.logger[connected ? 'info' : 'warn']({ connected }, connected ? 'redis is there' : 'redis is away: slower');
    for (const watcher of this.watchers) watcher(connected);
  }

  private hear(topic: string, text: string): void {
    const envelope = parse(text);
    if (envelope === null || envelope.from === this.nodeId) return;
    for (const listener of this.listeners.get(topic) ?? []) listener(envelope.message);
  }

  private channel(topic: string): string {
    return `tertulia:${this.namespace}:${topic}`;
  }
}

/** Anybody who reaches Redis can write there. */
function parse(text: string): Envelope | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && 'message' in value ? (value as Envelope) : null;
  } catch {
    return null;
  }
}
