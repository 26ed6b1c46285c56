import type { Message } from '@tertulia/contract';
import { CommandError, type ChangingMessage, type PendingMessage, type Timeline } from '../api.js';
import type { MessageCache } from '../cache/message-cache.js';
import { isCountable } from '../list/row-state.js';
import type { Conversations } from '../list/conversations.js';
import type { Call, InputOf, OutputOf } from '../wire/routes.js';
import { Window } from './window.js';

const PAGE = 50;
/** A page read before a change that is here already is asked for again; it is a matter of milliseconds. */
const TRIES = 5;
/** Further behind than this, a page is cheaper than the changes between. */
const BEHIND_MAX = 200;

type Anchor = Pick<InputOf<'getMessages'>, 'around' | 'before' | 'after'>;
type PageAnswer = OutputOf<'getMessages'>;

interface Open {
  status: Timeline['status'];
  window: Window | null;
  /** Raised with every new beginning: a page asked for before it is not for this window. */
  turn: number;
  /** Where to begin when it begins again. */
  wish: number | undefined;
  opening: Promise<void> | null;
  growing: Promise<void> | null;
  shown: Timeline | null;
}

export interface TimelinesOptions {
  me: string;
  call: Call;
  cache: MessageCache;
  conversations: Conversations;
  pendingOf: (conversation: string) => readonly PendingMessage[];
  changingOf: (conversation: string) => readonly ChangingMessage[];
  /** Fetches row and members. */
  ensure: (conversation: string) => Promise<void>;
  ensureMembers: (conversation: string) => Promise<void>;
  arrived: (page: PageAnswer) => void;
  /** A window began: its cursor may lie behind the others'. */
  began: (conversation: string) => void;
  opened: (conversation: string) => void;
  changed: (conversation: string) => void;
  closed: (conversation: string) => void;
}

/** The open conversations, each with its window. */
export class Timelines {
  private readonly open_ = new Map<string, Open>();

  constructor(private readonly options: TimelinesOptions) {}

  follower(conversation: string): Window | undefined {
    return this.open_.get(conversation)?.window ?? undefined;
  }

  conversations(): string[] {
    return [...this.open_.keys()];
  }

  async open(conversation: string, at?: number): Promise<void> {
    const held = this.open_.get(conversation);
    if (held?.status === 'ready' && at !== undefined) return this.jump(conversation, at);
    if (held !== undefined && held.status !== 'unavailable' && at === undefined) return held.opening ?? undefined;
    const open = held ?? fresh();
    open.wish = at;
    this.open_.set(conversation, open);
    this.options.opened(conversation);
    await this.begin(conversation, open);
  }

  close(conversation: string): void {
    if (this.open_.delete(conversation)) this.options.closed(conversation);
  }

  /** Forgets what is held and begins anew, about where it was. */
  async reload(conversation: string): Promise<void> {
    const open = this.open_.get(conversation);
    if (open === undefined) return;
    open.wish =
      open.window !== null && open.window.hasNewer ? Math.floor((open.window.lo + open.window.hi) / 2) : open.wish;
    if (open.window?.hasNewer === false) open.wish = undefined;
    open.window = null;
    await this.begin(conversation, open);
  }

  /** Those that could not be loaded: the server is back. */
  retryUnavailable(): void {
    for (const [conversation, open] of this.open_)
      if (open.status === 'unavailable') void this.begin(conversation, open);
  }

  /** One is in this conversation again. */
  revive(conversation: string): void {
    if (this.open_.get(conversation)?.status === 'not-found') void this.reload(conversation);
  }

  lose(conversation: string): void {
    const open = this.open_.get(conversation);
    if (open === undefined) return;
    open.turn += 1;
    open.window = null;
    open.status = 'not-found';
    this.touch(conversation);
  }

  loadOlder(conversation: string): Promise<void> {
    return this.grow(
      conversation,
      (window) => (window.hasOlder ? { before: window.lo } : null),
      (window, page) => window.addOlder(page),
    );
  }

  loadNewer(conversation: string): Promise<void> {
    return this.grow(
      conversation,
      (window) => (window.hasNewer ? { after: window.hi } : null),
      (window, page) => window.addNewer(page),
    );
  }

  async jumpToLatest(conversation: string): Promise<void> {
    const open = this.open_.get(conversation);
    if (open?.window?.hasNewer === true) await this.replace(conversation, open, {});
  }

  async jump(conversation: string, seq: number): Promise<void> {
    const open = this.open_.get(conversation);
    if (open === undefined) return this.open(conversation, seq);
    if (open.window?.holds(seq) !== true) await this.replace(conversation, open, { around: seq });
  }

  touch(conversation: string): void {
    const open = this.open_.get(conversation);
    if (open === undefined) return;
    open.shown = null;
    this.options.changed(conversation);
  }

  count(conversation: string, after: number, upTo: number): number | null {
    const { me } = this.options;
    return (
      this.follower(conversation)?.count(after, upTo, (message) => message.sender !== me && isCountable(message)) ??
      null
    );
  }

  timeline(conversation: string): Timeline | null {
    const open = this.open_.get(conversation);
    if (open === undefined) return null;
    const { window } = open;
    open.shown ??= {
      conversation,
      status: open.status,
      messages: window?.messages ?? [],
      hasOlder: window?.hasOlder ?? false,
      hasNewer: window?.hasNewer ?? false,
      pending: this.options.pendingOf(conversation),
      changing: this.options.changingOf(conversation),
    };
    return open.shown;
  }

  private begin(conversation: string, open: Open): Promise<void> {
    open.turn += 1;
    open.status = 'loading';
    this.touch(conversation);
    const opening = this.fill(conversation, open, open.turn).finally(() => {
      if (open.opening === opening) open.opening = null;
    });
    open.opening = opening;
    return opening;
  }

  private async fill(conversation: string, open: Open, turn: number): Promise<void> {
    const cached = await this.options.cache.load(conversation);
    if (turn !== open.turn) return;
    if (cached !== null && cached.messages.length > 0 && this.covers(conversation, cached.messages, open.wish)) {
      const hasOlder = (cached.messages[0]?.seq ?? 1) > 1;
      this.put(
        conversation,
        open,
        new Window({ messages: cached.messages, hasOlder, hasNewer: false, ...cached.cursor }),
      );
      void this.options.ensureMembers(conversation).catch(() => {});
      return;
    }
    try {
      if (this.options.conversations.get(conversation) === undefined) await this.options.ensure(conversation);
      else void this.options.ensureMembers(conversation).catch(() => {});
      const page = await this.page(conversation, this.anchor(conversation, open.wish));
      if (turn === open.turn) this.put(conversation, open, windowOf(page));
    } catch (error) {
      if (turn === open.turn) this.fail(conversation, open, error, cached?.messages ?? []);
    }
  }

  private fail(conversation: string, open: Open, error: unknown, cached: readonly Message[]): void {
    const cursor = this.options.cache.follower(conversation)?.cursor;
    const gone = error instanceof CommandError && error.code === 'conversation_not_found';
    if (!gone && cached.length > 0 && cursor !== undefined) {
      this.put(
        conversation,
        open,
        new Window({ messages: cached, hasOlder: (cached[0]?.seq ?? 1) > 1, hasNewer: false, ...cursor }),
      );
      return;
    }
    open.status = gone ? 'not-found' : 'unavailable';
    this.touch(conversation);
  }

  /** Whether the copy on disk holds where to begin, and is not too far behind. */
  private covers(conversation: string, messages: readonly Message[], at: number | undefined): boolean {
    const row = this.options.conversations.get(conversation)?.row;
    const lo = messages[0]?.seq ?? 1;
    const hi = messages.at(-1)?.seq ?? 0;
    if (at !== undefined) return at >= lo && at <= hi;
    if (row === undefined) return true;
    return row.seq - hi <= BEHIND_MAX && (row.unread === 0 || row.me.readSeq + 1 >= lo);
  }

  private anchor(conversation: string, at: number | undefined): Anchor {
    if (at !== undefined) return { around: at };
    const row = this.options.conversations.get(conversation)?.row;
    return row !== undefined && row.unread > 0 ? { around: row.me.readSeq + 1 } : {};
  }

  private async replace(conversation: string, open: Open, anchor: Anchor): Promise<void> {
    open.turn += 1;
    const { turn } = open;
    const page = await this.page(conversation, anchor);
    if (turn === open.turn) this.put(conversation, open, windowOf(page));
  }

  private put(conversation: string, open: Open, window: Window): void {
    open.window = window;
    open.status = 'ready';
    this.copy(conversation, window);
    this.touch(conversation);
    this.options.began(conversation);
  }

  /** A window that reaches the newest message is worth a copy on disk. */
  private copy(conversation: string, window: Window): void {
    if (!window.hasNewer) this.options.cache.seed(conversation, window.messages, window.cursor);
  }

  private async grow(
    conversation: string,
    anchorOf: (window: Window) => Anchor | null,
    add: (window: Window, page: PageAnswer) => boolean,
  ): Promise<void> {
    const open = this.open_.get(conversation);
    if (open === undefined) return;
    open.growing ??= this.growOnce(conversation, open, anchorOf, add).finally(() => (open.growing = null));
    await open.growing;
  }

  private async growOnce(
    conversation: string,
    open: Open,
    anchorOf: (window: Window) => Anchor | null,
    add: (window: Window, page: PageAnswer) => boolean,
  ): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { window } = open;
      const anchor = window === null ? null : anchorOf(window);
      if (window === null || anchor === null) return;
      const page = await this.page(conversation, anchor);
      if (window !== open.window) return;
      if (!add(window, page)) continue;
      this.copy(conversation, window);
      this.touch(conversation);
      return;
    }
  }

  private async page(conversation: string, anchor: Anchor): Promise<PageAnswer> {
    const page = await this.options.call('getMessages', { conversation, ...anchor, limit: PAGE });
    this.options.arrived(page);
    return page;
  }
}

const fresh = (): Open => ({
  status: 'loading',
  window: null,
  turn: 0,
  wish: undefined,
  opening: null,
  growing: null,
  shown: null,
});

const windowOf = (page: PageAnswer): Window => new Window(page);
