import { limits, type ConversationDelta, type ConversationRow } from '@tertulia/contract';
import { CommandError } from '../api.js';
import type { WriteBehind } from '../cache/write-behind.js';
import { askedDelayMs, backoffMs, shouldRetry, Timer } from '../wire/backoff.js';
import type { Call, OutputOf } from '../wire/routes.js';
import type { Feed } from './feed.js';

/** After this many full answers in a row, beginning anew is cheaper than the changes between. */
const ROUNDS_MAX = 5;
/** A change was heard that sync does not have yet. */
const GAP_RETRY_MS = 1_000;

/** How far this client has followed the server as a whole. */
interface Position {
  epoch: string | null;
  uver: number;
}

export interface SyncOptions {
  call: Call;
  feed: Feed;
  disk: WriteBehind;
  namespace: string;
  random: () => number;
  log: (message: string, detail?: unknown) => void;
  /** The conversations worth asking for, the most important first. */
  candidates: () => string[];
  /** Before the changes are applied: the names in them. */
  delta: (delta: ConversationDelta) => void;
  rows: (rows: readonly ConversationRow[]) => void;
  /** The cursor cannot be carried on: forget the conversation and load it anew. */
  reset: (conversation: string) => void;
  gone: (conversation: string) => void;
  /** Told once for each epoch that is met. */
  epochKnown: (epoch: string) => void;
  forgetAll: () => void;
  refreshList(): Promise<{ epoch: string; uver: number }>;
  /** Whether the server could be reached by HTTP. */
  reached: (reached: boolean) => void;
}

/** Asks for what was missed: one question in flight, asked again while there is more. */
export class SyncEngine {
  private position: Position = { epoch: null, uver: 0 };
  private toldEpoch: string | null = null;
  private wanted = false;
  private listWanted = false;
  private running = false;
  private closed = false;
  private attempts = 0;
  private readonly rounds = new Map<string, number>();
  private readonly timer = new Timer();

  constructor(private readonly options: SyncOptions) {}

  async load(): Promise<void> {
    const stored = await this.options.disk.get<Position>('meta', this.key);
    if (stored !== undefined && this.position.epoch === null) this.position = stored;
  }

  get epoch(): string | null {
    return this.position.epoch;
  }

  /** `list`: the rows of the list too. `now`: do not wait for better weather. */
  request({ list = false, now = false } = {}): void {
    this.wanted = true;
    this.listWanted ||= list;
    if (this.running || this.closed || (this.timer.running && !now)) return;
    this.timer.clear();
    void this.run();
  }

  /** The server says which epoch it has. */
  meet(epoch: string): void {
    if (this.position.epoch !== null && this.position.epoch !== epoch) this.beginAnew();
  }

  /** A row came by the stream; one further ahead means that others are missing. */
  userChanged(uver: number): void {
    if (uver === this.position.uver + 1) this.move({ ...this.position, uver });
    else if (uver > this.position.uver) this.request();
  }

  close(): void {
    this.closed = true;
    this.timer.clear();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.wanted && !this.closed) await this.round();
      this.attempts = 0;
      this.options.reached(true);
      if (!this.closed && this.options.feed.gaps().length > 0) this.later(GAP_RETRY_MS);
    } catch (error) {
      this.wanted = true;
      this.options.reached(false);
      if (!shouldRetry(error)) this.options.log('sync failed', error);
      const asked = error instanceof CommandError ? askedDelayMs(error.data) : 0;
      this.later(Math.max(GAP_RETRY_MS, asked) + backoffMs(this.attempts++, this.options.random));
    } finally {
      this.running = false;
    }
  }

  private later(ms: number): void {
    if (!this.closed) this.timer.set(ms, () => this.request());
  }

  private async round(): Promise<void> {
    this.wanted = false;
    if (this.position.epoch === null) await this.list();
    const { epoch } = this.position;
    const answer = await this.options.call('sync', { ...this.position, cursors: this.cursors() });
    // Begun anew meanwhile: it will be asked again.
    if (this.closed || this.position.epoch !== epoch) return;
    if (answer.reset) this.beginAnew();
    else this.take(answer);
    await this.listAfter();
  }

  /** The rows of the list come last, when the changes are here: what is told as incoming comes from changes. */
  private async listAfter(): Promise<void> {
    if (this.listWanted && !this.wanted) await this.list();
  }

  private async list(): Promise<void> {
    this.listWanted = false;
    const { epoch, uver } = await this.options.refreshList();
    if (this.position.epoch === null) this.move({ epoch, uver });
  }

  private beginAnew(): void {
    this.options.forgetAll();
    this.rounds.clear();
    this.position = { epoch: null, uver: 0 };
    this.wanted = true;
  }

  private cursors(): { conversation: string; ver: number; tag: number }[] {
    const cursors = [];
    for (const conversation of new Set([...this.options.feed.gaps(), ...this.options.candidates()])) {
      const cursor = this.options.feed.cursorOf(conversation);
      if (cursor !== null) cursors.push({ conversation, ver: cursor.ver, tag: cursor.tag });
      if (cursors.length === limits.syncCursors) break;
    }
    return cursors;
  }

  private take(answer: OutputOf<'sync'>): void {
    this.options.rows(answer.rows);
    for (const conversation of answer.gone) this.options.gone(conversation);
    for (const delta of answer.conversations) this.takeDelta(delta);
    this.move({ epoch: answer.epoch, uver: Math.max(answer.uver, this.position.uver) });
    this.wanted ||= answer.moreRows;
  }

  private takeDelta(delta: ConversationDelta): void {
    const rounds = delta.more ? (this.rounds.get(delta.conversation) ?? 0) + 1 : 0;
    this.rounds.set(delta.conversation, rounds);
    if (delta.reset || rounds > ROUNDS_MAX) {
      this.rounds.delete(delta.conversation);
      this.options.reset(delta.conversation);
      return;
    }
    this.options.delta(delta);
    this.wanted ||= delta.more;
  }

  private move(position: Position): void {
    this.tellEpoch(position.epoch);
    if (position.epoch === this.position.epoch && position.uver === this.position.uver) return;
    this.position = position;
    this.options.disk.put('meta', this.key, () => this.position);
  }

  private tellEpoch(epoch: string | null): void {
    if (epoch === null || epoch === this.toldEpoch) return;
    this.toldEpoch = epoch;
    this.options.epochKnown(epoch);
  }

  private get key(): string {
    return `${this.options.namespace}position`;
  }
}
