// Docs: docs/decisions/0019-a-bell-and-a-poll.md
import { sql } from 'drizzle-orm';
import type { Bus } from '../../platform/bus/bus.js';
import type { Database } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { SocketServer } from '../../platform/realtime/socket-server.js';
import type { EpochKeeper } from './epoch-keeper.js';
import type { Feed } from './feed.js';

const ALONE_MS = 250;
const WITH_BELL_MS = 500;
/** Without a round trip for this long a node cannot know whose session has ended. */
const FENCE_MS = 8_000;
const FENCE_CHECK_MS = 500;

interface Row {
  xmin: string;
  epoch: string;
  conversationIds: string[] | null;
  vers: number[] | null;
  userIds: string[] | null;
  uvers: number[] | null;
}

/**
 * What makes the bell harmless: every commit is found here, a moment later at the latest. Rows are read from the cursor
 * on, *all* of them, and the cursor moves only to the oldest transaction that was still running: ids are given out before
 * they become visible, so a cursor at the highest one seen would pass over the slower ones. What is read twice is nothing new
 * to the feed.
 */
export class CommitPoll {
  private cursor: bigint | null = null;
  private lastRoundTrip = performance.now();
  private fenced = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private fence: NodeJS.Timeout | undefined;
  private readonly query;

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly feed: Feed,
    private readonly epoch: EpochKeeper,
    private readonly sockets: SocketServer,
    private readonly logger: Logger,
  ) {
    epoch.onNewLife((xid) => this.beginAnew(xid));
    this.query = database.lane
      .select({
        xmin: sql<string>`s.xmin::text`,
        epoch: sql<string>`(select e.id::text from epochs e order by e.started_at desc limit 1)`,
        conversationIds: sql<string[] | null>`c.conversation_ids`,
        vers: sql<number[] | null>`c.vers`,
        userIds: sql<string[] | null>`c.user_ids`,
        uvers: sql<number[] | null>`c.uvers`,
      })
      .from(
        sql`(select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s left join commits c on c.xid >= coalesce(${sql.placeholder('cursor')}::xid8, s.xmin)`,
      )
      .prepare('poll_commits');
  }

  onApplicationBootstrap(): void {
    this.lastRoundTrip = performance.now();
    this.fence = setInterval(() => this.checkFence(), FENCE_CHECK_MS).unref();
    void this.tick();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.fence);
  }

  private async tick(): Promise<void> {
    const began = performance.now();
    const { cursor } = this;
    try {
      await this.poll(await this.query.execute({ cursor: cursor?.toString() ?? null }), cursor);
      this.lastRoundTrip = began;
      this.fenced = false;
    } catch (error) {
      this.logger.debug({ error: (error as Error).message }, 'commit log could not be read');
    }
    if (!this.stopped)
      this.timer = setTimeout(() => void this.tick(), this.bus.connected ? WITH_BELL_MS : ALONE_MS).unref();
  }

  private async poll(rows: readonly Row[], asked: bigint | null): Promise<void> {
    // Another life of the database has begun meanwhile: these rows may be of the one before.
    if (this.cursor !== asked) return;
    const { epoch } = rows[0]!;
    const xmin = BigInt(rows[0]!.xmin);
    if (epoch !== this.epoch.current || (asked !== null && xmin < asked)) return this.epoch.verify(this.database.db);
    this.cursor = xmin;
    this.epoch.reached(xmin);
    for (const row of rows) this.tell(row);
  }

  private tell({ conversationIds, vers, userIds, uvers }: Row): void {
    conversationIds?.forEach((id, index) => this.feed.heard(Number(id), vers![index]!));
    userIds?.forEach((id, index) => this.feed.heardUser(Number(id), uvers![index]!));
  }

  /** The database is not the one that clients here were told about: each of them begins anew, and so does this node. */
  private beginAnew(xid: bigint): void {
    this.cursor = xid;
    this.feed.beginAnew();
    this.sockets.closeAll();
    this.logger.warn({ epoch: this.epoch.current }, 'another life of the database: clients begin anew');
  }

  private checkFence(): void {
    if (this.fenced || performance.now() - this.lastRoundTrip < FENCE_MS) return;
    this.fenced = true;
    this.logger.error('no answer from PostgreSQL for 8 s: sockets are closed');
    this.sockets.closeAll();
  }
}
