import type { EntryOf, HistoryEntry, RecordedEntry, ToldMessage } from '../src/history.js';

export const CONVERSATION = 'plaza';
const STEP_US = 1_000;

type Row = ToldMessage & { at: number };
interface Logged {
  ver: number;
  kind: 'message' | 'member' | 'left';
  seq: number | null;
  user: string | null;
}

export interface Device {
  client: string;
  user: string;
  session: string;
  isListening: boolean;
  cursor: number;
  held: Map<number, ToldMessage>;
  /** What it hears live is written down under this name too, which keeps no cursor. */
  connection?: string;
}

interface Member {
  joinedVer: number;
  leftVer: number | null;
  readRev: number;
  readSeq: number;
}

/** What a copy of the database holds. */
export interface Copy {
  rows: Row[];
  log: Logged[];
  members: Map<string, Member>;
}

/** A chat that does everything right, in one process and one conversation, and writes down its history. */
export class ModelChat {
  readonly entries: RecordedEntry[] = [];
  readonly devices: Device[] = [];
  members = new Map<string, Member>();
  rows: Row[] = [];
  private log: Logged[] = [];
  private epoch = 'the first';
  private now = 0;
  private ops = 0;

  add(entry: HistoryEntry): void {
    this.now += STEP_US;
    this.entries.push({ ...entry, t: this.now });
  }

  wait(ms: number): void {
    this.now += ms * 1_000;
  }

  connect(user: string, client: string): Device {
    const device = { client, user, session: `session of ${client}`, isListening: true, cursor: 0, held: new Map() };
    this.devices.push(device);
    this.add({ type: 'connect', client, user, session: device.session });
    this.add({ type: 'epoch', client, epoch: this.epoch });
    if (this.members.has(user)) this.loadAnew(device);
    return device;
  }

  /** Up to date, and from now on listening on a connection. */
  listen(device: Device): void {
    this.deliver(device);
    device.connection = `${device.client}#1`;
    this.add({ type: 'epoch', client: device.connection, epoch: this.epoch });
  }

  send(device: Device, body: string): string {
    return this.store(device, this.begin(device, { command: 'message:send', body }), body);
  }

  private store(device: Device, op: string, body: string): string {
    const seq = this.rows.length + 1;
    this.append('message', seq);
    const at = Math.floor(this.now / 1e6);
    this.rows.push({ seq, ver: this.ver, op, sender: device.user, body, deleted: false, at });
    this.members.get(device.user)!.readSeq = seq;
    return this.stored(device, op, { seq });
  }

  edit(device: Device, seq: number, body: string): void {
    const op = this.begin(device, { command: 'message:edit', seq, body, base: this.rows[seq - 1]!.ver });
    this.append('message', seq);
    Object.assign(this.rows[seq - 1]!, { ver: this.ver, body });
    this.stored(device, op, { seq });
  }

  delete(device: Device, seq: number): void {
    const op = this.begin(device, { command: 'message:delete', seq });
    this.append('message', seq);
    Object.assign(this.rows[seq - 1]!, { ver: this.ver, body: '', deleted: true });
    this.stored(device, op, { seq });
  }

  cancel(device: Device, message: string): void {
    const op = this.begin(device, { command: 'message:cancel', message });
    this.stored(device, op, {});
  }

  mark(device: Device, rev: number, seq: number): void {
    const op = this.begin(device, { command: 'read:mark', rev, seq });
    const member = this.members.get(device.user)!;
    if (rev > member.readRev || (rev === member.readRev && seq > member.readSeq))
      Object.assign(member, { readRev: rev, readSeq: seq });
    const mark = this.markOf(device.user);
    this.add({ type: 'complete', op, client: device.client, outcome: 'stored', mark });
    for (const { client, user } of this.devicesOf(device.user))
      this.add({ type: 'mark', client, user, conversation: CONVERSATION, ...mark });
  }

  join(device: Device | null, users: string[]): void {
    const op = device && this.begin(device, { command: 'member:add', users });
    const readSeq = this.rows.length;
    for (const user of users) {
      this.append('member', null, user);
      const readRev = (this.members.get(user)?.readRev ?? -1) + 1;
      this.members.set(user, { joinedVer: this.ver, leftVer: null, readRev, readSeq });
    }
    if (device) this.stored(device, op!, {});
    for (const user of users) for (const own of this.devicesOf(user)) this.loadAnew(own);
  }

  remove(device: Device, user: string): void {
    const op = this.begin(device, { command: 'member:remove', users: [user] });
    for (const own of this.devicesOf(user)) this.deliver(own);
    this.append('left', null, user);
    this.members.get(user)!.leftVer = this.ver;
    for (const own of this.devicesOf(user)) own.held.clear();
    this.stored(device, op, {});
  }

  endSession(device: Device): void {
    const op = this.begin(device, { command: 'session:end', session: device.session, boundMs: 1_000 });
    device.isListening = false;
    this.stored(device, op, {});
    this.devices.splice(this.devices.indexOf(device), 1);
  }

  copy(): Copy {
    return structuredClone({ rows: this.rows, log: this.log, members: this.members });
  }

  /** Everybody begins anew, and offers again, in their last words, what they had sent and the copy does not have. */
  putBack(copy: Copy, epoch: string): void {
    const lost = this.rows.filter(({ op, deleted }) => !deleted && copy.rows.every((row) => row.op !== op));
    Object.assign(this, copy, { epoch });
    for (const device of this.devices) {
      delete device.connection;
      device.held.clear();
      this.add({ type: 'epoch', client: device.client, epoch });
      if (this.isIn(device.user)) this.loadAnew(device);
    }
    for (const { op, sender, body } of lost) this.offerAgain(this.devicesOf(sender!)[0]!, op, body);
  }

  private offerAgain(device: Device, op: string, body: string): void {
    if (this.isIn(device.user)) this.store(device, op, body);
    else this.add({ type: 'complete', op, client: device.client, outcome: 'refused', code: 'conversation_not_found' });
  }

  isIn(user: string): boolean {
    return this.members.get(user)?.leftVer === null;
  }

  /** What the device has not been told yet, if it may be. */
  deliver(device: Device, via: 'live' | 'sync' = 'live'): void {
    if (!device.isListening || !this.isIn(device.user)) return;
    for (const { ver, kind, seq } of this.log.slice(device.cursor)) {
      const message = seq === null ? null : tell(this.rows[seq - 1]!);
      this.take(device, { ver, kind: kind === 'message' ? 'message:created' : 'member:changed', via, message });
      device.cursor = ver;
      this.add({ type: 'cursor', client: device.client, conversation: CONVERSATION, ver });
    }
  }

  deliverAll(): void {
    for (const device of this.devices) this.deliver(device);
  }

  /** Everybody catches up; then what everybody holds, and what the database has. */
  finish(): RecordedEntry[] {
    for (const device of this.devices) {
      device.isListening = true;
      this.deliver(device, 'sync');
    }
    for (const device of this.devices.filter(({ user }) => this.isIn(user))) {
      this.add(
        this.stateOf(
          device,
          'client',
          [...device.held.values()].map((held) => ({ ...held })).sort((a, b) => a.seq - b.seq),
        ),
      );
      this.add(this.stateOf(device, 'server', this.rows.map(tell)));
    }
    for (const row of this.rows) this.add({ type: 'row', conversation: CONVERSATION, ...row });
    for (const { ver, kind, user } of this.log)
      this.add({ type: 'change', conversation: CONVERSATION, ver, kind, user });
    for (const [user, member] of this.members)
      this.add({ type: 'member', conversation: CONVERSATION, user, fromSeq: 1, ...member });
    this.add({ type: 'counters', conversation: CONVERSATION, seq: this.rows.length, ver: this.ver, floor: 0 });
    return this.entries;
  }

  private get ver(): number {
    return this.log.length;
  }

  devicesOf(user: string): Device[] {
    return this.devices.filter((device) => device.user === user);
  }

  begin({ client, user }: Device, command: object): string {
    const op = `op-${(this.ops += 1)}`;
    const entry = { type: 'invoke', op, client, user, conversation: CONVERSATION, ...command };
    this.add(entry as EntryOf<'invoke'>);
    return op;
  }

  private stored({ client }: Device, op: string, place: { seq?: number }): string {
    this.add({ type: 'complete', op, client, outcome: 'stored', ver: this.ver, ...place });
    return op;
  }

  private append(kind: Logged['kind'], seq: number | null, user: string | null = null): void {
    this.log.push({ ver: this.ver + 1, kind, seq, user });
  }

  private loadAnew(device: Device): void {
    this.add({ type: 'reset', client: device.client, conversation: CONVERSATION });
    device.held.clear();
    for (const row of this.rows) this.take(device, { ver: row.ver, kind: 'message', via: 'page', message: tell(row) });
    device.cursor = this.ver;
  }

  private take(device: Device, told: Pick<EntryOf<'receive'>, 'ver' | 'kind' | 'via' | 'message'>): void {
    const { client, user, connection } = device;
    this.add({ type: 'receive', client, user, conversation: CONVERSATION, ...told });
    if (connection !== undefined && told.via === 'live')
      this.add({ type: 'receive', client: connection, user, conversation: CONVERSATION, ...told });
    if (told.message) device.held.set(told.message.seq, told.message);
  }

  private markOf(user: string): { rev: number; seq: number } {
    const { readRev, readSeq } = this.members.get(user)!;
    return { rev: readRev, seq: readSeq };
  }

  private stateOf(
    { client, user, cursor }: Device,
    source: 'client' | 'server',
    messages: ToldMessage[],
  ): HistoryEntry {
    const mark = this.markOf(user);
    const unread = this.rows.filter((row) => row.seq > mark.seq && row.sender !== user && !row.deleted).length;
    const members = [...this.members].map(([id, { leftVer }]) => ({
      user: id,
      role: 'member',
      left: leftVer !== null,
    }));
    const held = { messages, hasOlder: false, cursor, unread: Math.min(unread, 100), mark, name: 'Plaza', members };
    return { type: 'state', source, client, user, conversation: CONVERSATION, ...held };
  }
}

const tell = ({ seq, ver, op, sender, body, deleted }: Row): ToldMessage => ({ seq, ver, op, sender, body, deleted });
