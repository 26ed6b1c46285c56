import type { Change, ConversationDelta, ConversationRow, Me, ServerToClient } from '@tertulia/contract';
import { CommandError, type ClientEvent, type ClientStorage, type ConnectionState } from './api.js';
import { MessageCache } from './cache/message-cache.js';
import { WriteBehind } from './cache/write-behind.js';
import { Incoming } from './incoming.js';
import { Conversations } from './list/conversations.js';
import { Drafts } from './list/drafts.js';
import { Members } from './list/members.js';
import { People } from './list/people.js';
import { ReadMarks } from './list/read-marks.js';
import { Refetch } from './list/refetch.js';
import { isCountable } from './list/row-state.js';
import type { Notifier } from './notifier.js';
import { leaseLock } from './outbox/lease.js';
import { Outbox, type OutboxHint } from './outbox/outbox.js';
import type { Channel, Ports, WithLock } from './ports.js';
import type { CarefulStorage } from './storage/careful-storage.js';
import { SyncClock } from './sync/clock.js';
import { Feed } from './sync/feed.js';
import { isUnknown } from './sync/follower.js';
import { SyncEngine } from './sync/sync-engine.js';
import { Timelines } from './timeline/timelines.js';
import { Connection } from './wire/connection.js';
import { Link } from './wire/link.js';
import type { OutputOf } from './wire/routes.js';
import type { Session } from './wire/session.js';

/** Away for less than this, the changes of every conversation held are asked for, not only of those that were visited. */
const SHORT_MS = 5 * 60_000;

export interface EngineOptions {
  me: Me;
  baseUrl: string;
  namespace: string;
  storage: ClientStorage;
  careful: CarefulStorage;
  ports: Ports;
  session: Session;
  notifier: Notifier;
  log: (message: string, detail?: unknown) => void;
  connectionChanged: (state: ConnectionState) => void;
}

type Events = { [E in 'ready' | 'user:changed']: Parameters<ServerToClient[E]>[0] };

const direct: WithLock = (_name, work) => work();

/** Everything of one signed-in user, wired together. The life of a change: change() → Feed → followers → applied(). */
export class Engine {
  readonly conversations: Conversations;
  readonly timelines: Timelines;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly people: People;
  readonly link: Link;
  private readonly members: Members;
  private readonly marks: ReadMarks;
  private readonly disk: WriteBehind;
  private readonly cache: MessageCache;
  private readonly feed: Feed;
  private readonly sync: SyncEngine;
  private readonly connection: Connection;
  private readonly refetch: Refetch;
  private readonly clock: SyncClock;
  private readonly incoming: Incoming;
  private readonly channel: Channel | null;
  private lastOnline = 0;

  constructor(private readonly options: EngineOptions) {
    const { namespace, ports, session, notifier, log, careful, storage } = options;
    const { call } = session;
    const { random, now } = ports;
    this.disk = new WriteBehind(storage, log);
    this.cache = new MessageCache(this.disk, namespace, now);
    this.incoming = new Incoming((conversation, messages) =>
      notifier.announce({ type: 'incoming', conversation, messages }),
    );
    this.people = new People(this.disk, namespace, () => notifier.mark('people'));
    this.members = new Members(this.disk, namespace, (conversation) => this.membersChanged(conversation));
    this.drafts = new Drafts(careful, namespace, () => notifier.mark('conversations'));
    this.refetch = new Refetch(
      (conversation) => this.getConversation(conversation),
      (answer) => this.takeConversation(answer),
    );
    this.conversations = new Conversations({
      call,
      disk: this.disk,
      namespace,
      context: {
        me: options.me.id,
        nameOf: (user) => this.people.nameOf(user),
        countBetween: (conversation, after, upTo) => this.timelines.count(conversation, after, upTo),
        arrived: (conversation, message) => this.incoming.add(conversation, message),
        outgrown: (conversation) => this.refetch.later(conversation),
      },
      draftOf: (conversation) => this.drafts.of(conversation),
      pendingOf: (conversation) => this.outbox.pendingOf(conversation).at(-1) ?? null,
      learn: (row) => this.people.learn(row.peer === null ? [] : [row.peer]),
      left: (conversation) => this.lose(conversation),
      changed: () => notifier.mark('conversations'),
    });
    this.timelines = new Timelines({
      me: options.me.id,
      call,
      cache: this.cache,
      conversations: this.conversations,
      pendingOf: (conversation) => this.outbox.pendingOf(conversation),
      ensure: (conversation) => this.refetch.now(conversation),
      ensureMembers: (conversation) => this.ensureMembers(conversation),
      arrived: (page) => this.pageArrived(page),
      began: (conversation) => this.began(conversation),
      opened: (conversation) => this.offerTimeline(conversation),
      changed: (conversation) => notifier.mark(`timeline:${conversation}`),
      closed: (conversation) => this.withdrawTimeline(conversation),
    });
    this.feed = new Feed({
      followers: (conversation) =>
        [
          this.conversations.get(conversation),
          this.timelines.follower(conversation),
          this.cache.follower(conversation),
        ].filter((follower) => follower !== undefined),
      applied: (change) => this.applied(change),
      unknown: ({ conversation }) => void this.meet(conversation),
      gap: () => this.sync.request(),
    });
    this.sync = new SyncEngine({
      call,
      feed: this.feed,
      disk: this.disk,
      namespace,
      random,
      log,
      candidates: () => this.candidates(),
      delta: (delta) => this.delta(delta),
      rows: (rows) => rows.forEach((row) => this.offerRow(row)),
      reset: (conversation) => this.reset(conversation),
      gone: (conversation) => this.gone(conversation),
      forgetAll: () => this.forgetAll(),
      refreshList: () => this.refreshList(),
      reached: (reached) => this.link.reached(reached),
    });
    this.connection = new Connection({
      baseUrl: options.baseUrl,
      openSocket: ports.openSocket,
      random,
      token: () => session.token(),
      renew: (stale) => session.renew(stale),
      sessionEnded: () => session.end('session_ended'),
      changed: () => this.connectionChanged(),
      events: {
        ready: (ready) => this.ready(ready),
        change: (change) => this.change(change),
        'user:changed': (changed) => this.userChanged(changed),
        'sync:hint': () => this.sync.request({ list: true, now: true }),
      },
    });
    this.link = new Link(this.connection, call, options.connectionChanged);
    this.clock = new SyncClock(random, (online) => this.sync.request({ list: !online }));
    this.marks = new ReadMarks({
      call: this.link.call,
      disk: this.disk,
      namespace,
      random,
      restored: (conversation, seq) => this.conversations.get(conversation)?.markRead(seq),
    });
    this.channel =
      ports.openChannel?.(`tertulia:${namespace}`, (hint) => void this.outbox.hear(hint as OutboxHint)) ?? null;
    this.outbox = new Outbox({
      storage: careful,
      namespace,
      withLock: storage.durable ? (ports.withLock ?? leaseLock(storage, now)) : direct,
      lockName: `tertulia:outbox:${namespace}`,
      channel: this.channel,
      deliver: (message) => this.link.call('sendMessage', message),
      now,
      random,
      changed: (conversation) => this.touch(conversation),
    });
  }

  /** Shows what is stored, then connects. */
  async start(): Promise<void> {
    const { notifier } = this.options;
    notifier.offer('people', () => ({ type: 'people', people: this.people.all }));
    notifier.offer('conversations', () => this.conversations.event());
    await Promise.all([
      this.outbox.load(),
      this.drafts.load(),
      this.people.load(),
      this.conversations.load(),
      this.sync.load(),
    ]);
    await this.marks.load();
    void this.cache.prune();
    this.connection.start();
    this.clock.start(false);
  }

  wake(): void {
    this.connection.wake();
    this.outbox.flush();
    this.sync.request({ list: true, now: true });
  }

  renewed(token: string): void {
    this.connection.renewed(token);
  }

  markRead(conversation: string, seq: number): void {
    const state = this.conversations.get(conversation);
    if (state?.markRead(seq) !== true) return;
    this.marks.mark({ conversation, rev: state.row.me.readRev, seq: state.row.me.readSeq });
    this.conversations.touch(conversation);
  }

  /** The server's row of a conversation that this person just made or opened. */
  take(row: ConversationRow): ConversationRow {
    this.offerRow(row);
    return this.conversations.get(row.id)?.row ?? row;
  }

  /** `cache` and `all` forget what is stored; `all` takes outbox and drafts too. */
  async stop(forget: 'nothing' | 'cache' | 'all'): Promise<void> {
    const { notifier, careful, namespace, storage } = this.options;
    notifier.withdraw('people');
    notifier.withdraw('conversations');
    for (const conversation of this.timelines.conversations()) this.withdrawTimeline(conversation);
    this.connection.stop();
    this.link.close();
    this.clock.stop();
    this.sync.close();
    this.marks.close();
    this.refetch.close();
    this.outbox.close();
    this.channel?.close();
    if (forget === 'all') this.drafts.forgetUnwritten();
    await this.drafts.flush();
    await this.disk.close(forget !== 'nothing');
    await careful.settled();
    await wipe(storage, namespace, forget).catch((error: unknown) => this.options.log('not wiped', error));
  }

  private ready(_ready: Events['ready']): void {
    this.link.socketOpened();
    this.timelines.retryUnavailable();
    this.outbox.flush();
    void this.marks.flush();
    this.sync.request({ list: true, now: true });
  }

  private change(change: Change): void {
    this.learn(change);
    this.feed.receive(change);
    this.touch(change.conversation);
    this.conversations.touch(change.conversation);
  }

  private delta(delta: ConversationDelta): void {
    for (const change of delta.changes) this.learn(change);
    this.feed.receiveDelta(delta);
    this.touch(delta.conversation);
    this.conversations.touch(delta.conversation);
  }

  private learn(change: Change): void {
    if (change.kind === 'message:created' && change.people !== undefined) this.people.learn(change.people);
    if (change.kind === 'member:changed') this.people.learn([change.member.person]);
  }

  private applied(change: Change): void {
    if (change.kind === 'message:created') this.outbox.settle(change.message.id);
    else if (change.kind === 'member:changed') {
      if (!this.members.apply(change.conversation, change.member, change.ver)) this.refetch.later(change.conversation);
    } else if (isUnknown(change)) void this.timelines.reload(change.conversation);
  }

  private userChanged({ uver, row }: Events['user:changed']): void {
    const known = this.conversations.get(row.id) !== undefined;
    this.offerRow(row);
    this.sync.userChanged(uver);
    if (!known && !row.me.left) void this.announceLast(row.id).catch(() => {});
  }

  private offerRow(row: ConversationRow): void {
    const joined = this.conversations.get(row.id)?.row.me.joinedVer;
    this.conversations.offer(row);
    if (row.me.left) return;
    this.feed.drain(row.id);
    this.timelines.revive(row.id);
    // Added again: what lies before is not ours to hold any more.
    if (joined !== undefined && row.me.joinedVer > joined) this.reset(row.id);
  }

  /** A change of a conversation that is not in the list yet. */
  private async meet(conversation: string): Promise<void> {
    try {
      await this.refetch.now(conversation);
      await this.announceLast(conversation);
    } catch {
      this.sync.request({ list: true });
    }
  }

  /** A conversation appeared together with its first words: they came with the row, not as a change. */
  private async announceLast(conversation: string): Promise<void> {
    const row = this.conversations.get(conversation)?.row;
    if (row === undefined || row.unread === 0) return;
    const page = await this.options.session.call('getMessages', { conversation, limit: 1 });
    const last = page.messages.at(-1);
    if (last !== undefined && last.sender !== this.options.me.id && isCountable(last) && last.seq === row.seq)
      this.incoming.add(conversation, last);
  }

  private candidates(): string[] {
    const visited = [...this.timelines.conversations(), ...this.cache.conversations()];
    const short = this.options.ports.now() - this.lastOnline < SHORT_MS;
    return short ? [...visited, ...this.conversations.recent()] : visited;
  }

  private async refreshList(): Promise<OutputOf<'listConversations'>> {
    const page = await this.conversations.refresh();
    this.lastOnline = this.options.ports.now();
    for (const conversation of this.conversations.recent()) this.feed.drain(conversation);
    return page;
  }

  private async getConversation(conversation: string): Promise<OutputOf<'getConversation'>> {
    try {
      return await this.options.session.call('getConversation', { conversation });
    } catch (error) {
      if (error instanceof CommandError && error.code === 'conversation_not_found') this.gone(conversation);
      throw error;
    }
  }

  private takeConversation({ row, members }: OutputOf<'getConversation'>): void {
    this.people.learn(members.map((member) => member.person));
    this.offerRow(row);
    this.members.set(row.id, members, row.ver);
  }

  private async ensureMembers(conversation: string): Promise<void> {
    await this.members.load(conversation);
    await this.refetch.now(conversation);
  }

  private membersChanged(conversation: string): void {
    this.conversations.get(conversation)?.setMemberCount(this.members.count(conversation));
    this.options.notifier.mark('conversations');
    this.options.notifier.mark(`members:${conversation}`);
  }

  private pageArrived(page: OutputOf<'getMessages'>): void {
    this.people.learn(page.people);
    for (const message of page.messages) this.outbox.settle(message.id);
  }

  private began(conversation: string): void {
    this.feed.drain(conversation);
    if (this.feed.lags(conversation)) this.sync.request();
  }

  private reset(conversation: string): void {
    this.cache.forget(conversation);
    this.feed.forget(conversation);
    void this.timelines.reload(conversation);
    void this.refetch.now(conversation).catch(() => {});
  }

  /** Not ours any more, or never was. */
  private gone(conversation: string): void {
    this.conversations.forget(conversation);
    this.lose(conversation);
  }

  private lose(conversation: string): void {
    this.timelines.lose(conversation);
    this.cache.forget(conversation);
    this.members.forget(conversation);
    this.feed.forget(conversation);
  }

  private forgetAll(): void {
    const cached = this.cache.conversations();
    this.feed.clear();
    this.conversations.clear();
    this.members.clear();
    this.cache.clear();
    for (const conversation of cached) this.cache.forget(conversation);
    for (const store of ['rows', 'messages', 'members'] as const)
      void this.disk.deletePrefix(store, this.options.namespace);
    for (const conversation of this.timelines.conversations()) void this.timelines.reload(conversation);
  }

  private connectionChanged(): void {
    const { state } = this.connection;
    if (state === 'online') this.clock.start(true);
    else if (state === 'offline') this.clock.start(false);
    this.link.socketChanged();
  }

  private offerTimeline(conversation: string): void {
    const { notifier } = this.options;
    notifier.offer(`timeline:${conversation}`, () => this.timelineEvent(conversation));
    notifier.offer(`members:${conversation}`, () => this.membersEvent(conversation));
  }

  private withdrawTimeline(conversation: string): void {
    this.options.notifier.withdraw(`timeline:${conversation}`);
    this.options.notifier.withdraw(`members:${conversation}`);
  }

  private timelineEvent(conversation: string): ClientEvent | null {
    const timeline = this.timelines.timeline(conversation);
    return timeline === null ? null : { type: 'timeline', timeline };
  }

  private membersEvent(conversation: string): ClientEvent | null {
    const members = this.members.of(conversation);
    return members === undefined ? null : { type: 'members', conversation, members };
  }

  /** What is pending, or the window, changed. */
  private touch(conversation: string): void {
    this.timelines.touch(conversation);
    this.options.notifier.mark('conversations');
  }
}

async function wipe(storage: ClientStorage, namespace: string, forget: 'nothing' | 'cache' | 'all'): Promise<void> {
  const cached = ['rows', 'messages', 'people', 'members', 'meta'] as const;
  const own = ['outbox', 'drafts'] as const;
  const stores = { nothing: [], cache: cached, all: [...cached, ...own] }[forget];
  for (const store of stores) await storage.deletePrefix(store, namespace);
}
