import type { Change, ConversationDelta, ConversationRow, Message, ServerToClient } from '@tertulia/contract';
import { CommandError, type ClientEvent, type ConnectionState } from './api.js';
import { isCountable } from './list/row-state.js';
import { deliver } from './outbox/deliver.js';
import type { Entry, Place } from './outbox/entry.js';
import type { EngineOptions, Parts } from './parts.js';
import { isUnknown } from './sync/follower.js';
import type { OutputOf } from './wire/routes.js';

/** Away for less than this, the changes of every conversation held are asked for, not only of those that were visited. */
const SHORT_MS = 5 * 60_000;

type Events = { [E in 'user:changed']: Parameters<ServerToClient[E]>[0] };

/** What happens when: the life of a change is change() → Feed → followers → applied(). */
export class Reactions {
  private lastOnline = 0;

  constructor(
    private readonly options: EngineOptions,
    private readonly parts: Parts,
  ) {}

  /** The epoch first: what waits has the numbers of the one that is known here. */
  ready(epoch: string): void {
    this.parts.sync.meet(epoch);
    this.parts.link.socketOpened();
    this.parts.timelines.retryUnavailable();
    this.parts.outbox.flush();
    void this.parts.marks.flush();
    this.parts.presence.ready();
    this.parts.sync.request({ list: true, now: true });
  }

  change(change: Change): void {
    this.learn(change);
    this.parts.feed.receive(change);
    this.touch(change.conversation);
    this.parts.conversations.touch(change.conversation);
  }

  delta(delta: ConversationDelta): void {
    for (const change of delta.changes) this.learn(change);
    this.parts.feed.receiveDelta(delta);
    this.touch(delta.conversation);
    this.parts.conversations.touch(delta.conversation);
  }

  learn(change: Change): void {
    if (change.kind === 'message:created' && change.people !== undefined) this.parts.people.learn(change.people);
    if (change.kind === 'member:changed') this.parts.people.learn([change.member.person]);
  }

  applied(change: Change): void {
    this.parts.outbox.reached(change.conversation, change.ver);
    if (change.kind === 'message:created' && change.message.sender !== null)
      this.parts.typing.wrote(change.conversation, change.message.sender);
    if (change.kind === 'message:created' || change.kind === 'message:changed') this.messageSeen(change.message);
    else if (change.kind === 'member:changed') {
      if (!this.parts.members.apply(change.conversation, change.member, change.ver))
        this.parts.refetch.later(change.conversation);
    } else if (isUnknown(change)) void this.parts.timelines.reload(change.conversation);
  }

  private messageSeen(message: Message): void {
    if (message.sender !== this.options.me.id) return;
    this.parts.outbox.settle(message);
    if (message.deleted === true || message.editedAt !== undefined)
      this.parts.outbox.messageChanged(message.id, message.deleted === true ? null : message.body);
  }

  userChanged({ uver, row }: Events['user:changed']): void {
    const known = this.parts.conversations.get(row.id) !== undefined;
    this.offerRow(row);
    this.parts.sync.userChanged(uver);
    if (!known && !row.me.left) void this.announceLast(row.id).catch(() => {});
  }

  offerRow(row: ConversationRow): void {
    const joined = this.parts.conversations.get(row.id)?.row.me.joinedVer;
    this.parts.conversations.offer(row);
    if (row.me.left) return;
    this.advanced(row.id);
    this.parts.timelines.revive(row.id);
    // Added again: what lies before is not ours to hold any more.
    if (joined !== undefined && row.me.joinedVer > joined) this.reset(row.id);
  }

  /** A row was read, maybe further on than what the window shows. */
  private advanced(conversation: string): void {
    this.parts.feed.drain(conversation);
    this.parts.lag.suspect(conversation);
  }

  /** Where nobody waits for the changes between any more, nobody hears of the members in them. */
  leapt(conversation: string, from: number): void {
    const reached = this.parts.feed.cursorOf(conversation)?.ver ?? 0;
    if (reached > from && this.parts.members.areBehind(conversation, reached)) this.parts.refetch.later(conversation);
  }

  /** A change of a conversation that is not in the list yet. */
  async meet(conversation: string): Promise<void> {
    try {
      await this.parts.refetch.now(conversation);
      await this.announceLast(conversation);
    } catch {
      this.parts.sync.request({ list: true });
    }
  }

  /** A conversation appeared together with its first words: they came with the row, not as a change. */
  async announceLast(conversation: string): Promise<void> {
    const row = this.parts.conversations.get(conversation)?.row;
    if (row === undefined || row.unread === 0) return;
    const page = await this.options.session.call('getMessages', { conversation, limit: 1 });
    const last = page.messages.at(-1);
    if (last !== undefined && last.sender !== this.options.me.id && isCountable(last) && last.seq === row.seq)
      this.parts.incoming.add(conversation, last);
  }

  candidates(): string[] {
    const visited = [...this.parts.timelines.conversations(), ...this.parts.cache.conversations()];
    const short = this.options.ports.now() - this.lastOnline < SHORT_MS;
    return short ? [...visited, ...this.parts.conversations.recent()] : visited;
  }

  async refreshList(): Promise<OutputOf<'listConversations'>> {
    const page = await this.parts.conversations.refresh();
    this.lastOnline = this.options.ports.now();
    for (const conversation of this.parts.conversations.recent()) this.advanced(conversation);
    return page;
  }

  async getConversation(conversation: string): Promise<OutputOf<'getConversation'>> {
    try {
      return await this.options.session.call('getConversation', { conversation });
    } catch (error) {
      if (error instanceof CommandError && error.code === 'conversation_not_found') this.gone(conversation);
      throw error;
    }
  }

  takeConversation({ row, members }: OutputOf<'getConversation'>): void {
    this.parts.people.learn(members.map((member) => member.person));
    this.parts.members.set(row.id, members, row.ver);
    this.offerRow(row);
  }

  async ensureMembers(conversation: string): Promise<void> {
    await this.parts.members.load(conversation);
    await this.parts.refetch.now(conversation);
  }

  membersChanged(conversation: string): void {
    this.parts.conversations.get(conversation)?.setMemberCount(this.parts.members.count(conversation));
    this.options.notifier.mark('conversations');
    this.options.notifier.mark(`members:${conversation}`);
  }

  pageArrived(page: OutputOf<'getMessages'>): void {
    this.parts.people.learn(page.people);
    for (const message of page.messages) if (message.sender === this.options.me.id) this.parts.outbox.settle(message);
  }

  began(conversation: string): void {
    this.parts.feed.drain(conversation);
    if (this.parts.feed.lags(conversation)) this.parts.sync.request();
  }

  reset(conversation: string): void {
    this.parts.cache.forget(conversation);
    this.parts.feed.forget(conversation);
    void this.parts.timelines.reload(conversation);
    void this.parts.refetch.now(conversation).catch(() => {});
  }

  /** A server that says it is another database is asked at once; the outbox begins anew then. */
  async deliver(entry: Entry): Promise<Place> {
    try {
      return await deliver(this.parts.link.call, entry, this.parts.sync.epoch);
    } catch (error) {
      if (error instanceof CommandError && error.code === 'epoch_changed') this.parts.sync.request({ now: true });
      throw error;
    }
  }

  /** Not ours any more, or never was. */
  gone(conversation: string): void {
    this.parts.conversations.forget(conversation);
    this.parts.outbox.gone(conversation);
    this.lose(conversation);
  }

  lose(conversation: string): void {
    this.parts.timelines.lose(conversation);
    this.parts.cache.forget(conversation);
    this.parts.members.forget(conversation);
    this.parts.feed.forget(conversation);
  }

  forgetAll(): void {
    this.parts.outbox.beginAnew();
    const cached = this.parts.cache.conversations();
    this.parts.feed.clear();
    this.parts.conversations.clear();
    this.parts.members.clear();
    this.parts.refetch.clear();
    this.parts.cache.clear();
    for (const conversation of cached) this.parts.cache.forget(conversation);
    for (const store of ['rows', 'messages', 'members'] as const)
      this.parts.disk.deletePrefix(store, this.options.namespace);
    for (const conversation of this.parts.timelines.conversations()) void this.parts.timelines.reload(conversation);
  }

  connectionChanged(): void {
    const { state } = this.parts.connection;
    if (state === 'online') this.parts.clock.start(true);
    else if (state === 'offline') {
      this.parts.clock.start(false);
      // Where websockets are blocked HTTP may serve: ask at once whether it does.
      this.parts.sync.request();
    }
    if (state !== 'online') {
      this.parts.typing.clear();
      this.parts.presence.clear();
    }
    this.parts.link.socketChanged();
  }

  linkChanged(state: ConnectionState): void {
    if (state === 'online') this.parts.outbox.flush();
    this.options.connectionChanged(state);
  }

  offerTimeline(conversation: string): void {
    const { notifier } = this.options;
    notifier.offer(`timeline:${conversation}`, () => this.timelineEvent(conversation));
    notifier.offer(`members:${conversation}`, () => this.membersEvent(conversation));
  }

  withdrawTimeline(conversation: string): void {
    this.options.notifier.withdraw(`timeline:${conversation}`);
    this.options.notifier.withdraw(`members:${conversation}`);
  }

  timelineEvent(conversation: string): ClientEvent | null {
    const timeline = this.parts.timelines.timeline(conversation);
    return timeline === null ? null : { type: 'timeline', timeline };
  }

  membersEvent(conversation: string): ClientEvent | null {
    const members = this.parts.members.of(conversation);
    return members === undefined ? null : { type: 'members', conversation, members };
  }

  /** What is pending, or the window, changed. */
  touch(conversation: string): void {
    this.parts.timelines.touch(conversation);
    this.options.notifier.mark('conversations');
  }
}
