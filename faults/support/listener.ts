import {
  mayRetry,
  PROTOCOL_VERSION,
  type Change,
  type ConversationRow,
  type Output,
  type sync,
  type UserChanged,
} from '@tertulia/contract';
import type { Recorder } from '@tertulia/history-checker';
import { io, type Socket } from 'socket.io-client';
import type { Person } from './people.js';
import { post, waitOf, type Refusal } from './post.js';
import { pause } from './processes.js';
import { told } from './wire-tap.js';

type Synced = Output<typeof sync>;

interface Cursor {
  ver: number;
  tag: number;
  joinedVer: number;
}

export interface ListenerOptions {
  name: string;
  person: Person;
  port: number;
  /** Where to ask over HTTP, if not there. */
  httpPort?: number;
  recorder: Recorder;
}

const JITTER = { reconnectionDelay: 500, reconnectionDelayMax: 30_000, randomizationFactor: 1 };
const AGAIN_MS = 500;

/**
 * The lightest client that keeps the protocol: it has cursors, takes changes one after the other, fetches what is
 * missing and comes again when it is told to. It shows nothing and keeps no message, so one process holds thousands.
 */
export class Listener {
  readonly cursors = new Map<string, Cursor>();
  /** How often it was let in, and how often it was told that it had lost the thread. */
  readies = 0;
  hints = 0;
  socket: Socket | null = null;
  private epoch: string | null = null;
  private uver = 0;
  private after = 0;
  private isClosed = false;
  private isSyncing = false;
  private isBehind = false;

  constructor(private readonly options: ListenerOptions) {
    const { name: client, person, recorder } = options;
    recorder.add({ type: 'connect', client, user: person.user, session: person.session });
  }

  get name(): string {
    return this.options.name;
  }

  /** Connected, and nothing is being fetched. */
  get isUpToDate(): boolean {
    return this.socket?.connected === true && this.epoch !== null && !this.isSyncing;
  }

  connect(): void {
    const auth = (give: (data: object) => void): void =>
      give({ token: this.options.person.token, protocol: PROTOCOL_VERSION });
    const socket = io(`http://127.0.0.1:${this.options.port}`, {
      transports: ['websocket'],
      forceNew: true,
      auth,
      ...JITTER,
    });
    this.socket = socket;
    socket.on('ready', () => {
      this.readies += 1;
      this.sync();
    });
    socket.on('change', (change: Change) => this.apply('live', change));
    socket.on('user:changed', ({ row }: UserChanged) => this.takeRow(row));
    socket.on('sync:hint', () => {
      this.hints += 1;
      this.sync();
    });
    socket.on('bye', ({ after }: { after: number }) => (this.after = after / 1_000));
    // What breaks is mended by the library; what is refused or ended is not.
    socket.on(
      'connect_error',
      ({ data }: Error & { data?: Refusal }) => socket.active || this.again(data ? waitOf(data) : 0),
    );
    socket.on('disconnect', () => socket.active || this.again(this.after));
  }

  close(): void {
    this.isClosed = true;
    this.socket?.disconnect();
  }

  private again(seconds: number): void {
    const later = seconds * 1_000 + Math.random() * AGAIN_MS;
    if (!this.isClosed) setTimeout(() => this.isClosed || this.socket?.connect(), later);
  }

  private apply(via: 'live' | 'sync', change: Change): void {
    const { conversation, ver, tag, kind } = change;
    const cursor = this.cursors.get(conversation);
    if (cursor === undefined || ver <= cursor.ver) return;
    if (ver > cursor.ver + 1) return this.sync();
    Object.assign(cursor, { ver, tag });
    const { name: client, person, recorder } = this.options;
    const message = 'message' in change ? told(change.message) : null;
    recorder.add({ type: 'receive', client, user: person.user, conversation, ver, kind, via, message });
  }

  /** Where a row is new, or new again, the cursor begins: what came before it is history. */
  private takeRow({ id, ver, tag, me }: ConversationRow): void {
    const held = this.cursors.get(id);
    if (me.left) return void this.cursors.delete(id);
    if (held !== undefined && held.joinedVer >= me.joinedVer) return;
    this.begin(id, { ver, tag, joinedVer: me.joinedVer });
  }

  private begin(conversation: string, cursor: Cursor): void {
    this.cursors.set(conversation, cursor);
    this.options.recorder.add({ type: 'reset', client: this.name, conversation });
    this.isBehind = true;
  }

  /** One at a time; what is asked meanwhile is one more. */
  private sync(): void {
    this.isBehind = true;
    if (!this.isSyncing) void this.syncAll();
  }

  private async syncAll(): Promise<void> {
    this.isSyncing = true;
    while (this.isBehind && !this.isClosed) {
      this.isBehind = false;
      const answer = await this.ask();
      if (answer !== null) this.take(answer);
    }
    this.isSyncing = false;
  }

  private take({ epoch, reset, uver, rows, moreRows, gone, conversations }: Synced): void {
    if (this.epoch !== epoch) this.options.recorder.add({ type: 'epoch', client: this.name, epoch });
    Object.assign(this, { epoch, uver: reset ? 0 : uver });
    if (reset) this.cursors.clear();
    this.isBehind ||= reset;
    for (const row of rows) this.takeRow(row);
    for (const conversation of gone) this.cursors.delete(conversation);
    for (const { conversation, reset, ver, tag, changes, more } of conversations) {
      const joinedVer = this.cursors.get(conversation)?.joinedVer ?? 0;
      if (reset) this.begin(conversation, { ver, tag, joinedVer });
      for (const change of changes) this.apply('sync', change);
      this.isBehind ||= more;
    }
    this.isBehind ||= moreRows;
  }

  /** Until there is an answer. Null: it was closed meanwhile. */
  private async ask(): Promise<Synced | null> {
    const { port, httpPort = port, person } = this.options;
    for (let tries = 0; !this.isClosed; tries += 1) {
      const cursors = [...this.cursors].map(([conversation, { ver, tag }]) => ({ conversation, ver, tag }));
      const input = { epoch: this.epoch, uver: this.uver, cursors };
      const answer = await post<Synced>(httpPort, '/api/sync', person.token, input);
      if (answer !== null && 'ok' in answer) return answer.ok;
      if (answer !== null && !mayRetry(answer.refused.code)) throw new Error(`${this.name}: ${answer.refused.code}`);
      const seconds = answer === null ? 0 : waitOf(answer.refused);
      await pause(seconds * 1_000 + Math.random() * Math.min(30_000, AGAIN_MS * 2 ** tries));
    }
    return null;
  }
}
