import type { ConversationRow, Message } from '@tertulia/contract';
import { CommandError, type ClientStorage } from './api.js';
import type { EngineOptions, Parts } from './parts.js';
import type { Reactions } from './reactions.js';
import { wire } from './wiring.js';

/** Everything of one signed-in user, from sign-in to sign-out. */
export class Engine {
  readonly parts: Parts;
  private readonly react: Reactions;
  private stopped = false;

  constructor(private readonly options: EngineOptions) {
    ({ parts: this.parts, react: this.react } = wire(options));
  }

  /** Shows what is stored, then connects. */
  async start(): Promise<void> {
    const { notifier } = this.options;
    notifier.offer('people', () => ({ type: 'people', people: this.parts.people.all }));
    notifier.offer('conversations', () => this.parts.conversations.event());
    notifier.offer('presence', () => ({ type: 'presence', people: this.parts.presence.known }));
    await Promise.all([
      this.parts.outbox.load(),
      this.parts.drafts.load(),
      this.parts.people.load(),
      this.parts.conversations.load(),
      this.parts.sync.load(),
    ]);
    await this.parts.marks.load();
    if (this.hasStopped()) return;
    void this.parts.cache.prune();
    this.parts.connection.start();
    this.parts.clock.start(false);
  }

  private hasStopped(): boolean {
    return this.stopped;
  }

  wake(): void {
    this.parts.connection.wake();
    this.parts.outbox.flush();
    this.parts.sync.request({ list: true, now: true });
  }

  renewed(token: string): void {
    this.parts.connection.renewed(token);
  }

  markRead(conversation: string, seq: number): void {
    const state = this.parts.conversations.get(conversation);
    if (state?.markRead(seq) !== true) return;
    this.parts.marks.mark({ conversation, rev: state.row.me.readRev, seq: state.row.me.readSeq });
    this.parts.conversations.touch(conversation);
  }

  markUnread(conversation: string, seq: number): void {
    const state = this.parts.conversations.get(conversation);
    if (state === undefined) return;
    state.markUnread(seq);
    this.parts.marks.mark({ conversation, rev: state.row.me.readRev, seq: state.row.me.readSeq });
    this.parts.conversations.touch(conversation);
  }

  async edit(conversation: string, message: Message | string, body: string): Promise<string> {
    if (typeof message === 'string') return this.parts.outbox.editPending(message, body);
    return this.parts.outbox.edit(conversation, this.requireOwn(message), body);
  }

  async remove(conversation: string, message: Message | string): Promise<void> {
    if (typeof message === 'string') await this.parts.outbox.discard(message);
    else await this.parts.outbox.remove(conversation, this.requireOwn(message));
  }

  private requireOwn(message: Message): Message {
    if (message.sender !== this.options.me.id)
      throw new CommandError('not_allowed', 'Only who wrote a message may change it.');
    if (message.deleted === true) throw new CommandError('message_deleted', 'This message was deleted.');
    return message;
  }

  /** The server's row of a conversation that this person just made or opened. */
  take(row: ConversationRow): ConversationRow {
    this.react.offerRow(row);
    return this.parts.conversations.get(row.id)?.row ?? row;
  }

  /** `cache` and `all` forget what is stored; `all` takes outbox and drafts too. */
  async stop(forget: 'nothing' | 'cache' | 'all'): Promise<void> {
    this.stopped = true;
    const { notifier, careful, namespace, storage } = this.options;
    notifier.withdraw('people');
    notifier.withdraw('conversations');
    notifier.withdraw('presence');
    for (const conversation of this.parts.timelines.conversations()) this.react.withdrawTimeline(conversation);
    this.parts.connection.stop();
    this.parts.link.close();
    this.parts.clock.stop();
    this.parts.typing.clear();
    this.parts.presence.clear();
    this.parts.sync.close();
    this.parts.lag.close();
    this.parts.marks.close();
    this.parts.refetch.close();
    this.parts.outbox.close();
    this.parts.channel?.close();
    await this.parts.disk.close(forget !== 'nothing');
    await careful.settled();
    await wipe(storage, namespace, forget).catch((error: unknown) => this.options.log('not wiped', error));
  }
}

async function wipe(storage: ClientStorage, namespace: string, forget: 'nothing' | 'cache' | 'all'): Promise<void> {
  const cached = ['rows', 'messages', 'people', 'members', 'meta'] as const;
  const own = ['outbox', 'acknowledged', 'drafts'] as const;
  const stores = { nothing: [], cache: cached, all: [...cached, ...own] }[forget];
  await storage.write(stores.map((store) => ({ store, prefix: namespace })));
}
