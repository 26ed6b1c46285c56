import type { ConversationRow, Member, Message } from '@tertulia/contract';
import type { Recorder } from '@tertulia/history-checker';
import type { ClientEvent, TertuliaClient, Timeline } from '../../packages/client/src/api.js';
import { createClientWith } from '../../packages/client/src/create-client.js';
import type { Ports } from '../../packages/client/src/ports.js';
import { memoryStorage } from '../../packages/client/src/storage/memory.js';
import type { Deliveries } from './deliveries.js';
import type { Link } from './link.js';
import { told, WireTap } from './wire-tap.js';

export const PASSWORD = 'una tertulia muy larga';

/** A hole that is on the screen, or a message that was heard and is not shown. */
interface Missing {
  seq: number;
  since: number;
}

export interface DeviceOptions {
  name: string;
  door: Link;
  recorder: Recorder;
  deliveries: Deliveries;
  ports?: Partial<Ports>;
}

/** One client with its screen: what a person would see is what the engine last told. */
export class Device {
  readonly client: TertuliaClient;
  readonly tap: WireTap;
  readonly timelines = new Map<string, Timeline>();
  readonly members = new Map<string, readonly Member[]>();
  rows = new Map<string, ConversationRow>();
  connection = 'idle';
  /** Sent and not answered for good yet. */
  readonly unanswered = new Set<string>();
  private readonly heard = new Map<string, number>();
  private readonly missing = new Map<string, Missing>();
  private readonly discarded = new Set<string>();

  constructor(private readonly options: DeviceOptions) {
    const { name, door, recorder, deliveries } = options;
    this.tap = new WireTap(name, recorder, {
      invoked: (op, body) => {
        this.unanswered.add(op);
        if (body !== null) deliveries.invoked(op, body);
      },
      stored: (op) => this.unanswered.delete(op),
      heard: (change) => {
        if (change.kind !== 'message:created') return;
        const { conversation } = change;
        this.heard.set(conversation, Math.max(change.message.seq, this.heard.get(conversation) ?? 0));
      },
    });
    this.client = createClientWith(
      { baseUrl: `http://127.0.0.1:${door.port}`, storage: memoryStorage() },
      this.tap.ports(options.ports),
    );
    this.client.subscribe((event) => this.take(event));
  }

  get name(): string {
    return this.options.name;
  }

  get door(): Link {
    return this.options.door;
  }

  get user(): string {
    return this.tap.user;
  }

  shown(conversation: string): Timeline | undefined {
    return this.timelines.get(conversation);
  }

  /** Number of the last message on the screen; 0: none. */
  lastShown(conversation: string): number {
    return this.timelines.get(conversation)?.messages.at(-1)?.seq ?? 0;
  }

  /** Called now and then: holes have no event. */
  lookForHoles(): void {
    for (const [conversation, timeline] of this.timelines) {
      const seq = this.firstMissing(conversation, timeline);
      const known = this.missing.get(conversation);
      if (known !== undefined && known.seq !== seq) this.holeClosed(conversation, known);
      if (seq !== null && known?.seq !== seq) this.missing.set(conversation, { seq, since: performance.now() });
    }
  }

  private firstMissing(conversation: string, { messages, status }: Timeline): number | null {
    if (status !== 'ready') return null;
    for (let index = 1; index < messages.length; index += 1)
      if (messages[index]!.seq !== messages[index - 1]!.seq + 1) return messages[index - 1]!.seq + 1;
    const last = messages.at(-1)?.seq ?? 0;
    return last < (this.heard.get(conversation) ?? 0) ? last + 1 : null;
  }

  private holeClosed(conversation: string, { seq, since }: Missing): void {
    this.missing.delete(conversation);
    const shownMs = Math.round(performance.now() - since);
    this.options.recorder.add({ type: 'hole', client: this.name, conversation, seq, shownMs });
  }

  private take(event: ClientEvent): void {
    if (event.type === 'connection') this.connection = event.state;
    else if (event.type === 'timeline') this.show(event.timeline);
    else if (event.type === 'members') this.members.set(event.conversation, event.members);
    else if (event.type === 'conversations') this.list(event.rows);
  }

  private list(rows: readonly ConversationRow[]): void {
    for (const row of rows) {
      const { readRev: rev, readSeq: seq } = row.me;
      const held = this.rows.get(row.id)?.me;
      if (held?.readRev === rev && held.readSeq === seq) continue;
      const { name: client, user } = this;
      this.options.recorder.add({ type: 'mark', client, user, conversation: row.id, rev, seq });
    }
    this.rows = new Map(rows.map((row) => [row.id, row]));
  }

  private show(timeline: Timeline): void {
    const { conversation, messages, pending, hasNewer, status } = timeline;
    const before = this.timelines.get(conversation);
    this.timelines.set(conversation, timeline);
    if (before?.messages !== messages) this.see(conversation, before?.messages ?? [], messages);
    for (const { id, state } of pending) if (state === 'failed') this.discard(id);
    if (status === 'ready' && hasNewer) void this.client.jumpToLatest(conversation).catch(() => undefined);
  }

  /** Messages are never changed, only replaced: those that are other objects are new here. */
  private see(conversation: string, before: readonly Message[], now: readonly Message[]): void {
    const offset = (now[0]?.seq ?? 0) - (before[0]?.seq ?? 0);
    for (const [index, message] of now.entries()) {
      const held = before[index + offset];
      if (held === message || (held?.seq === message.seq && held.ver === message.ver)) continue;
      const { name: client, user } = this;
      const entry = { client, user, conversation, ver: message.ver, kind: 'message', message: told(message) };
      this.options.recorder.add({ type: 'receive', via: 'page', ...entry });
      this.options.deliveries.seen(message.id, client);
    }
  }

  /** What was refused is shown to the person, who takes it back. */
  private discard(id: string): void {
    if (this.discarded.has(id)) return;
    this.discarded.add(id);
    void this.client.discard(id).catch(() => undefined);
  }
}
