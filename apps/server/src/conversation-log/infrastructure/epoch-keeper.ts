import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database, Db } from '../../platform/database/database.js';
import { AppError } from '../../shared/app-error.js';
import type { EpochNote } from '../application/ports.js';

/** One cluster and one timeline of it. */
type Identity = { system: string; timeline: number };
type Epoch = Identity & { id: string; /** Microseconds, by the database's clock. */ startedAt: number };
type Tx = Pick<Db, 'execute'>;
/** Every transaction below `xid` was over when the new life began. */
type NewLife = (xid: bigint) => void;

/** Any number that is ours alone: two nodes that notice together begin one epoch, not two. */
const LOCK = 7_483_202;
const NOTE_EVERY_MS = 5_000;

const isSame = (a: Identity, b: Identity): boolean => a.system === b.system && a.timeline === b.timeline;

/**
 * The epoch is the life of this database as clients have seen it. Another cluster, another timeline of it, or an older copy
 * put back may have lost what clients were told: a new epoch makes every one of them start anew, and empties the commit log.
 */
export class EpochKeeper {
  private epoch: Epoch = { id: '', system: '', timeline: 0, startedAt: 0 };
  private notedAt = -Infinity;
  /** Every transaction below was over when this node last looked. */
  private reachedXid = 0n;
  private renewals: Promise<void> = Promise.resolve();
  private readonly listeners: NewLife[] = [];

  constructor(
    private readonly database: Database,
    private readonly note: EpochNote,
  ) {}

  get current(): string {
    return this.epoch.id;
  }

  /** Numbers that another database gave may be of other messages here. */
  requireCurrent(epoch: string | undefined): void {
    if (epoch !== undefined && epoch !== this.current) throw new AppError('epoch_changed');
  }

  async onModuleInit(): Promise<void> {
    const noted = await this.note.read();
    await underLock(this.database.db, async (tx) => {
      const [now, epochs, xid] = [await identify(tx), await readEpochs(tx), await oldestRunning(tx)];
      const last = epochs[0];
      // An epoch that the database has never heard of, or transactions it has not reached: an older copy of what was served here.
      const isOlderCopy =
        noted !== null &&
        (!epochs.some(({ id }) => id === noted.epoch) || (last?.id === noted.epoch && xid < noted.xid));
      this.epoch = last && isSame(last, now) && !isOlderCopy ? last : await begin(tx, now);
    });
    if (this.current !== noted?.epoch) await this.note.write({ epoch: this.current, xid: 0n });
    this.database.verifyWith((db) => this.verify(db));
  }

  /** Told when the database turned out to be another one, before anything is read from it or written to it. */
  onNewLife(listener: NewLife): void {
    this.listeners.push(listener);
  }

  /** Of a new connection, before it is used; and whenever something is amiss. */
  async verify(db: Db): Promise<void> {
    if (isAsKnown(await this.look(db))) return;
    // One after the other: what the first has begun is known to the next.
    const renewal = this.renewals.then(() => this.beginUnlessKnown(db));
    this.renewals = renewal.catch(() => undefined);
    await renewal;
  }

  private async beginUnlessKnown(db: Db): Promise<void> {
    const seen = await this.look(db);
    if (isAsKnown(seen) || !(await this.renew(db, seen.isBehind))) return;
    this.reachedXid = seen.xid;
    for (const listener of this.listeners) listener(seen.xid);
  }

  private async look(db: Db): Promise<Sight> {
    const { rows } = await db.execute<Identity & { epoch: string | null; xid: string }>(sql`
      select ${identityColumns}, pg_snapshot_xmin(pg_current_snapshot())::text as xid,
        (select id::text from epochs order by started_at desc, id desc limit 1) as epoch from pg_control_system()`);
    const { epoch, xid, ...identity } = rows[0]!;
    return {
      xid: BigInt(xid),
      isBehind: BigInt(xid) < this.reachedXid,
      isOther: epoch !== this.current || !isSame(identity, this.epoch),
    };
  }

  /** Takes the epoch that another node has begun for the same reason, or begins one. False: all is as it was. */
  private async renew(db: Db, isBehind: boolean): Promise<boolean> {
    const before = this.epoch;
    await underLock(db, async (tx) => {
      const [now, [last]] = [await identify(tx), await readEpochs(tx)];
      const isNews = last && isSame(last, now) && last.startedAt > before.startedAt;
      const isKnown = last?.id === before.id && isSame(before, now) && !isBehind;
      if (isNews) this.epoch = last;
      else if (!isKnown) this.epoch = await begin(tx, now);
    });
    if (this.epoch === before) return false;
    await this.note.write({ epoch: this.current, xid: 0n });
    return true;
  }

  /** How far the database has come; noted now and then, so that a node that starts on an older copy sees it. */
  reached(xid: bigint): void {
    this.reachedXid = xid;
    if (performance.now() - this.notedAt < NOTE_EVERY_MS) return;
    this.notedAt = performance.now();
    void this.note.write({ epoch: this.current, xid }).catch(() => undefined);
  }
}

/** What a connection leads to, beside what this node knows. */
interface Sight {
  xid: bigint;
  /** Transactions that this node has seen have not been yet. */
  isBehind: boolean;
  /** Another cluster, another timeline, or another epoch. */
  isOther: boolean;
}

const isAsKnown = ({ isBehind, isOther }: Sight): boolean => !isBehind && !isOther;

const underLock = (db: Db, work: (tx: Tx) => Promise<void>): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await work(tx);
  });

async function readEpochs(tx: Tx): Promise<Epoch[]> {
  const { rows } = await tx.execute<Epoch>(sql`
    select id::text, system_identifier as system, timeline, (extract(epoch from started_at) * 1000000)::bigint as "startedAt"
    from epochs order by started_at desc, id desc`);
  return rows;
}

async function begin(tx: Tx, now: Identity): Promise<Epoch> {
  const id = uuidv7();
  const { rows } = await tx.execute<{ startedAt: number }>(sql`
    insert into epochs (id, system_identifier, timeline, started_at) values (${id}, ${now.system}, ${now.timeline}, clock_timestamp())
    returning (extract(epoch from started_at) * 1000000)::bigint as "startedAt"`);
  await tx.execute(sql`delete from commits`);
  return { ...now, id, startedAt: rows[0]!.startedAt };
}

const identityColumns = sql`system_identifier::text as system, (select timeline_id from pg_control_checkpoint()) as timeline`;

async function identify(tx: Tx): Promise<Identity> {
  const { rows } = await tx.execute<Identity>(sql`select ${identityColumns} from pg_control_system()`);
  return rows[0]!;
}

async function oldestRunning(tx: Tx): Promise<bigint> {
  const { rows } = await tx.execute<{ xid: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`);
  return BigInt(rows[0]!.xid);
}
