// Docs: docs/life-of-a-message.md, docs/realtime-protocol.md
import { setTimeout } from 'node:timers/promises';
import type { Change } from '@tertulia/contract';
import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { Emitter } from '../../platform/realtime/emitter.js';
import type { ReadableStream } from '../../platform/realtime/slow-readers.js';
import type { ConnectionListener, ServerSocket } from '../../platform/realtime/socket-server.js';
import {
  ChangeFeed,
  type ConversationRef,
  type JoinRow,
  type LoggedChange,
  type UserChangeLoader,
} from '../application/ports.js';
import { Audience, type Stream } from './audience.js';
import type { Bell } from './bell.js';
import { RecentVers } from './recent-vers.js';
import type { ChangeReader } from './change-reader.js';
import type { ConversationDirectory } from './conversation-directory.js';
import type { EpochKeeper } from './epoch-keeper.js';
import { UserFeed } from './user-feed.js';

/** Changes read at once to fill a hole. */
const FILL = 200;
/** Further behind than this, a client is better off with one sync. */
const TOO_FAR = 500;
const RETRY_MS = 500;

/**
 * What this node tells its sockets: each conversation's changes exactly once and strictly by ver, whatever order they
 * are heard in. A commit of this node comes with its changes in memory; a ver heard of any other way is read.
 */
export class Feed extends ChangeFeed implements ConnectionListener, ReadableStream {
  readonly audience: Audience;
  private readonly pending = new Map<number, Map<number, LoggedChange>>();
  private readonly reached = new Map<number, number>();
  private readonly working = new Map<number, Promise<void>>();
  private readonly users: UserFeed;
  /** What was heard of conversations without a stream here: a join that is under way compares with it afterwards. */
  private readonly rumours = new RecentVers();
  private scheduled = false;

  constructor(
    private readonly database: Database,
    private readonly directory: ConversationDirectory,
    private readonly reader: ChangeReader,
    private readonly emitter: Emitter,
    private readonly epoch: EpochKeeper,
    private readonly bell: Bell,
    private readonly logger: Logger,
  ) {
    super();
    this.audience = new Audience(emitter);
    this.users = new UserFeed(this.audience, directory, emitter, (userId, row) => this.joinAt(userId, row), logger);
    bell.listen(this);
  }

  loadUserChangesWith(loader: UserChangeLoader): void {
    this.users.loadWith(loader);
  }

  /** A change this node has committed. Goes out after the acknowledgements of its batch. */
  committed(conversation: ConversationRef, change: LoggedChange): void {
    this.bell.ring(conversation.id, change.wire.ver);
    if (!this.audience.stream(conversation.id)) return this.rumours.set(conversation.id, change.wire.ver);
    const changes = this.pending.get(conversation.id) ?? new Map<number, LoggedChange>();
    changes.set(change.wire.ver, change);
    this.pending.set(conversation.id, changes);
    this.heard(conversation.id, change.wire.ver);
  }

  /** This node has committed up to a ver; what is not at hand is read. */
  told(conversationId: number, ver: number): void {
    this.bell.ring(conversationId, ver);
    this.heard(conversationId, ver);
  }

  /** Somebody says that a conversation has reached a ver. May be late, repeated or wrong: only the database is believed. */
  heard(conversationId: number, ver: number): void {
    const stream = this.audience.stream(conversationId);
    if (!stream) return this.rumours.set(conversationId, ver);
    if (ver <= stream.lastVer) return;
    this.reached.set(conversationId, Math.max(ver, this.reached.get(conversationId) ?? 0));
    this.schedule();
  }

  /** Another life of the database: numbers that were heard are of the one before. */
  beginAnew(): void {
    this.pending.clear();
    this.reached.clear();
    this.rumours.clear();
    this.directory.beginAnew();
  }

  /** Something that concerns these users alone has changed. */
  toldUsers(userIds: readonly number[]): void {
    this.bell.ringUsers(userIds);
    this.heardUsers(userIds);
  }

  heardUsers(userIds: readonly number[]): void {
    this.users.heard(userIds);
  }

  heardUser(userId: number, uver: number): void {
    if ((this.audience.user(userId)?.lastUver ?? uver) < uver) this.heardUsers([userId]);
  }

  /** The join function: nothing can fall between what the socket hears from now on and the sync that `ready` asks for. */
  async connected(socket: ServerSocket): Promise<void> {
    const { user } = socket.data.actor;
    const uver = await this.enter(socket);
    if (socket.connected) this.emitter.toSocket(socket, 'ready', { epoch: this.epoch.current, user, uver });
  }

  disconnected(socket: ServerSocket): void {
    this.audience.removeSocket(socket.data.actor.userId, socket);
  }

  /** Out of every stream; the user's other sockets stay. */
  lagging(socket: ServerSocket): void {
    this.audience.removeSocket(socket.data.actor.userId, socket);
  }

  /** The join function again. What the socket has missed is fetched by the sync that the hint asks for. */
  async recovered(socket: ServerSocket): Promise<void> {
    await this.enter(socket);
    if (!isOut(socket)) this.emitter.toSocket(socket, 'sync:hint', {});
  }

  /** Gives the uver at which the socket begins to listen. */
  private async enter(socket: ServerSocket): Promise<number> {
    const { userId } = socket.data.actor;
    const uver = await this.readUver(userId);
    if (isOut(socket)) return uver;
    this.audience.addSocket(userId, uver, socket);
    await this.joinConversations(userId);
    return uver;
  }

  private async joinConversations(userId: number, conversationId?: number): Promise<void> {
    const rows = await this.directory.readJoined(userId, conversationId);
    const overtaken = this.audience.join(userId, rows);
    for (const { ref } of rows) this.heard(ref.id, this.rumours.get(ref.id));
    for (const { ref } of overtaken) await this.joinConversations(userId, ref.id);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.advanceAll());
  }

  private advanceAll(): void {
    this.scheduled = false;
    for (const conversationId of [...this.reached.keys()]) {
      if (this.working.has(conversationId)) continue;
      const stream = this.audience.stream(conversationId);
      if (!stream) this.forget(conversationId);
      else if (!this.emitFromMemory(stream)) this.work(stream);
    }
  }

  /** The hot path, without a promise: direct conversations and groups of one slice whose next changes are at hand. */
  private emitFromMemory(stream: Stream): boolean {
    const { id, kind } = stream.ref;
    const changes = this.pending.get(id);
    if (!changes || (kind === 'group' && this.emitter.groups.of(id).length > 1)) return false;
    for (let change = changes.get(stream.lastVer + 1); change; change = changes.get(stream.lastVer + 1)) {
      if (change.left !== undefined) return false;
      changes.delete(change.wire.ver);
      void this.emit(stream, change);
    }
    if (stream.lastVer < (this.reached.get(id) ?? 0)) return false;
    this.forget(id);
    return true;
  }

  private work(stream: Stream): void {
    const { id } = stream.ref;
    const done = this.advance(stream)
      .catch(async (error: unknown) => {
        this.logger.warn({ error: (error as Error).message }, 'feed could not read; trying again');
        await setTimeout(RETRY_MS);
      })
      .finally(() => {
        this.working.delete(id);
        if (this.reached.has(id)) this.schedule();
      });
    this.working.set(id, done);
  }

  private async advance(stream: Stream): Promise<void> {
    const { id } = stream.ref;
    const target = this.reached.get(id) ?? 0;
    if (target - stream.lastVer > TOO_FAR && (await this.skip(stream))) return;
    while (stream.lastVer < target && this.audience.stream(id) === stream) {
      const next = this.pending.get(id)?.get(stream.lastVer + 1);
      const changes = next ? [next] : await this.readNext(stream);
      if (changes.length === 0) break;
      for (const change of changes) {
        this.pending.get(id)?.delete(change.wire.ver);
        await this.emit(stream, change);
      }
    }
    // A ver that the database does not know is dropped with the rest.
    if ((this.reached.get(id) ?? 0) <= target) this.forget(id);
  }

  /** A change carries its thing as it is by now: who was removed before it became so must not see that, and leaves first. */
  private async readNext(stream: Stream): Promise<LoggedChange[]> {
    const changes = await this.reader.read(stream.ref, stream.lastVer, FILL);
    if (changes.some(({ wire }) => !isOfItsOwnVer(wire)))
      for (const { userId, ver } of await this.reader.readLeaves(stream.ref, stream.lastVer))
        this.audience.leave(stream, userId, ver);
    return changes;
  }

  private async emit(stream: Stream, change: LoggedChange): Promise<void> {
    if (change.wire.ver !== stream.lastVer + 1) return;
    stream.lastVer = change.wire.ver;
    if (change.left !== undefined) this.audience.leave(stream, change.left, change.wire.ver);
    if (stream.ref.kind === 'direct') this.emitter.toUsers(stream.ref.pair, 'change', change.wire);
    else await this.emitter.toGroup(stream.ref.id, 'change', change.wire);
  }

  /** False when it is not that far after all: what was heard may be a lie. Who was removed in between leaves first. */
  private async skip(stream: Stream): Promise<boolean> {
    const { ver, members } = await this.directory.readStanding(stream.ref.id, [...stream.users]);
    if (ver - stream.lastVer <= TOO_FAR) return false;
    for (const userId of stream.users) if (!members.has(userId)) this.audience.leave(stream, userId, ver);
    stream.lastVer = ver;
    this.forget(stream.ref.id);
    await this.hint(stream);
    return true;
  }

  private async hint(stream: Stream): Promise<void> {
    if (stream.ref.kind === 'direct') this.emitter.toUsers(stream.ref.pair, 'sync:hint', {});
    else await this.emitter.toGroup(stream.ref.id, 'sync:hint', {});
  }

  private forget(conversationId: number): void {
    this.pending.delete(conversationId);
    this.reached.delete(conversationId);
  }

  /** Into a stream at the cursor of the row the user has just been given: everything after it reaches them. */
  private async joinAt(userId: number, row: JoinRow): Promise<void> {
    const { ref, ver } = row;
    const user = this.audience.user(userId);
    const lags = (): boolean => (this.audience.stream(ref.id)?.lastVer ?? ver) < ver;
    // What is not emitted yet and at or below the row is not for them: the others get it first.
    while (lags() && this.audience.user(userId) === user) {
      this.heard(ref.id, ver);
      await setTimeout(1);
    }
    this.audience.join(userId, [row]);
    this.heard(ref.id, this.rumours.get(ref.id));
    // What the others have heard meanwhile is fetched: the row's cursor says from where.
    if ((this.audience.stream(ref.id)?.lastVer ?? ver) > ver) this.emitter.toUsers([userId], 'sync:hint', {});
  }

  private async readUver(userId: number): Promise<number> {
    const { rows } = await this.database.db.execute<{ uver: number }>(
      sql`select uver from user_counters where user_id = ${userId}`,
    );
    return rows[0]?.uver ?? 0;
  }
}

/** Asked anew after every await: a room joined after a disconnect, or by one that does not read, would leak. */
const isOut = (socket: ServerSocket): boolean => !socket.connected || socket.data.isLagging === true;

const isOfItsOwnVer = (change: Change): boolean => 'message' in change && change.message.ver === change.ver;
