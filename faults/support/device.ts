import type { ConversationRow, Member, Message } from '@tertulia/contract';
import type { Recorder } from '@tertulia/history-checker';
import type { ClientEvent, TertuliaClient, Timeline } from '../../packages/client/src/api.js';
import { createClientWith } from '../../packages/client/src/create-client.js';
import type { Ports } from '../../packages/client/src/ports.js';
import type { Browser } from './browser.js';
import type { Deliveries } from './deliveries.js';
import type { Link } from './link.js';
import { told, WireTap } from './wire-tap.js';

export const PASSWORD = 'una tertulia muy larga';

/** What is missing on the screen: between two messages, or after the last, though a later one was heard. */
interface Missing {
  seq: number;
  isHole: boolean;
  since: number;
}

/** Something was heard and could not be shown, for what stands before it was not here yet. */
export interface Wait {
  conversation: string;
  seq: number;
  /** Milliseconds. */
  lasted: number;
}

export interface DeviceOptions {
  name: string;
  door: Link;
  browser: Browser;
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
  session = 'restoring';
  connection = 'idle';
  readonly waits: Wait[] = [];
  private readonly heard = new Map<string, number>();
  private readonly missing = new Map<string, Missing>();
  private readonly jumping = new Set<string>();
  private readonly discarded = new Set<string>();

  constructor(private readonly options: DeviceOptions) {
    const { name, door, browser, recorder, deliveries } = options;
    this.tap = new WireTap(name, recorder, browser.invoked, {
      invoked: (op, body) => {
        if (body === null) return;
        this.unanswered.add(op);
        deliveries.invoked(op, body, name);
      },
      answered: (op) => {
        this.unanswered.delete(op);
        deliveries.answers.push(performance.now());
      },
      heard: (change) => {
        if (change.kind !== 'message:created') return;
        const { conversation } = change;
        this.heard.set(conversation, Math.max(change.message.seq, this.heard.get(conversation) ?? 0));
      },
    });
    this.client = createClientWith(
      { baseUrl: `http://127.0.0.1:${door.port}`, storage: browser.storage },
      this.tap.ports({ ...browser.ports, ...options.ports }),
    );
    this.client.subscribe((event) => this.take(event));
  }

  get name(): string {
    return this.options.name;
  }

  get door(): Link {
    return this.options.door;
  }

  get browser(): Browser {
    return this.options.browser;
  }

  get unanswered(): Set<string> {
    return this.browser.unanswered;
  }

  get user(): string {
    return this.tap.user;
  }

  readonly shown = (conversation: string): Timeline | undefined => this.timelines.get(conversation);

  find(conversation: string, id: string): Message | undefined {
    return this.timelines.get(conversation)?.messages.find((message) => message.id === id);
  }

  /** Number of the last message on the screen; 0: none. */
  lastShown(conversation: string): number {
    return this.timelines.get(conversation)?.messages.at(-1)?.seq ?? 0;
  }

  /** Called now and then: what is missing has no event. */
  lookForHoles(): void {
    for (const [conversation, timeline] of this.timelines) {
      const found = this.firstMissing(conversation, timeline);
      const known = this.missing.get(conversation);
      if (known?.seq === found?.seq && known?.isHole === found?.isHole) continue;
      if (known !== undefined) this.filled(conversation, known);
      if (found === null) this.missing.delete(conversation);
      else this.missing.set(conversation, { ...found, since: performance.now() });
    }
  }

  /** At the end: what is still missing has been missing until now. */
  lookForTheLastTime(): void {
    this.lookForHoles();
    for (const [conversation, missing] of this.missing) this.filled(conversation, missing);
    this.missing.clear();
  }

  private firstMissing(conversation: string, { messages, status }: Timeline): Omit<Missing, 'since'> | null {
    if (status !== 'ready') return null;
    const after = messages.findIndex(({ seq }, index) => index > 0 && seq !== messages[index - 1]!.seq + 1);
    if (after !== -1) return { seq: messages[after - 1]!.seq + 1, isHole: true };
    const last = messages.at(-1)?.seq ?? 0;
    return last < (this.heard.get(conversation) ?? 0) ? { seq: last + 1, isHole: false } : null;
  }

  private filled(conversation: string, { seq, isHole, since }: Missing): void {
    const lasted = Math.round(performance.now() - since);
    if (!isHole) this.waits.push({ conversation, seq, lasted });
    else this.options.recorder.add({ type: 'hole', client: this.name, conversation, seq, shownMs: lasted });
  }

  private take(event: ClientEvent): void {
    if (event.type === 'connection') this.connection = event.state;
    else if (event.type === 'session') this.session = event.session.status;
    else if (event.type === 'timeline') this.show(event.timeline);
    else if (event.type === 'members') this.members.set(event.conversation, event.members);
    else if (event.type === 'conversations') this.list(event.rows);
  }

  private list(rows: readonly ConversationRow[]): void {
    const { name: client, user } = this;
    for (const { id: conversation, ver, me } of rows) {
      const held = this.rows.get(conversation);
      const { readRev: rev, readSeq: seq } = me;
      if (held?.ver !== ver) this.options.recorder.add({ type: 'cursor', client, conversation, ver });
      if (held?.me.readRev === rev && held.me.readSeq === seq) continue;
      this.options.recorder.add({ type: 'mark', client, user, conversation, rev, seq });
    }
    this.rows = new Map(rows.map((row) => [row.id, row]));
  }

  private show(timeline: Timeline): void {
    const { conversation, messages, pending, changing, hasNewer, status } = timeline;
    const before = this.timelines.get(conversation);
    this.timelines.set(conversation, timeline);
    if (before?.messages !== messages)
      this.see(conversation, before?.messages ?? [], messages, before?.status === 'ready');
    for (const { id, state } of [...pending, ...changing]) if (state === 'failed') this.discard(id);
    if (status === 'ready' && hasNewer) this.jump(conversation);
  }

  /** Messages are never changed, only replaced: those that are other objects are new here. */
  private see(conversation: string, before: readonly Message[], now: readonly Message[], wasOpen: boolean): void {
    const offset = (now[0]?.seq ?? 0) - (before[0]?.seq ?? 0);
    for (const [index, message] of now.entries()) {
      const held = before[index + offset];
      if (held === message || (held?.seq === message.seq && held.ver === message.ver)) continue;
      const { name: client, user } = this;
      const entry = { client, user, conversation, ver: message.ver, kind: 'message', message: told(message) };
      this.options.recorder.add({ type: 'receive', via: 'page', ...entry });
      // What a window begins with is history, to somebody who has just been added: its age is no delay.
      if (wasOpen) this.options.deliveries.seen(message.id, client);
      this.unanswered.delete(message.id);
    }
  }

  /** As a person does who wants to see the newest, until it is there. */
  goToNewest(): void {
    for (const { conversation, status, hasNewer } of this.timelines.values()) {
      if (status === 'ready' && hasNewer) this.jump(conversation);
      if (status === 'unavailable') void this.client.openConversation(conversation).catch(() => undefined);
    }
  }

  private jump(conversation: string): void {
    if (this.jumping.has(conversation)) return;
    this.jumping.add(conversation);
    void this.client
      .jumpToLatest(conversation)
      .catch(() => undefined)
      .finally(() => this.jumping.delete(conversation));
  }

  /** What was refused is shown to the person, who takes it back. */
  private discard(id: string): void {
    if (this.discarded.has(id)) return;
    this.discarded.add(id);
    void this.client.discard(id).catch(() => undefined);
  }
}
