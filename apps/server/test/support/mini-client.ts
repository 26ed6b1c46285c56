import type { Change, ConversationRow as Row, Message, Output, sync, UserChanged } from '@tertulia/contract';
import { io, type Socket } from 'socket.io-client';

type Failure = { code?: string; data?: { retryAfter?: number; after?: number } };
type Page = { messages: Message[]; hasNewer: boolean };
type Held = { row: Row; ver: number; tag: number; messages: Map<number, Message> };
const KINDS = ['message:created', 'message:changed', 'member:changed', 'conversation:changed'];
const RENEW = ['unauthenticated', 'token_expired'];
const AGAIN = ['rate_limited', 'busy', 'moved', 'unavailable', 'outcome_unknown', 'storage_full', ...RENEW];
const JITTER = { reconnectionDelay: 500, reconnectionDelayMax: 30_000, randomizationFactor: 1 };
const backoff = (tries: number): number => Math.random() * Math.min(30_000, 500 * 2 ** tries);
const asked = ({ data }: Failure): number => 1_000 * (data?.retryAfter ?? data?.after ?? 0);
const quietly = (promise: Promise<unknown>): Promise<unknown> => promise.catch(() => undefined);

/** A client of its own, written from docs/realtime-protocol.md alone: it shows that the page is enough. */
export class MiniClient {
  readonly held = new Map<string, Held>();
  grant = { user: { id: '' }, session: '', accessToken: '', expiresIn: 0 };
  at: { epoch: string | null; uver: number } = { epoch: null, uver: 0 };
  /** For who watches: a change or a message of a page was taken; null: the conversation was forgotten. */
  onTake = (_via: 'live' | 'sync' | 'page', _conversation: string, _taken: Change | Message | null): void => undefined;
  private cookie = '';
  private socket: Socket | undefined;
  private isClosed = false;
  private readonly lanes = new Map<string, Promise<unknown>>();
  constructor(private readonly server: string) {}
  async enter(how: 'register' | 'login' | 'refresh', account = {}): Promise<void> {
    this.grant = await this.call(`/api/auth/${how}`, account);
    setTimeout(() => void quietly(this.enter('refresh')), this.grant.expiresIn * 800).unref();
    if (how === 'refresh') this.socket?.emit('token:renew', { token: this.grant.accessToken }, () => undefined);
    else this.connect();
  }
  close(): void {
    this.isClosed = true;
    this.socket?.disconnect();
  }
  send(conversation: string, id: string, body: string): Promise<{ seq: number; ver: number }> {
    return this.queue(conversation, () => this.ask('/api/messages', { conversation, id, body }, 'message:send'));
  }

  /** Until there is an answer for good: over the socket if it is open, else over HTTP. Without input it is a GET. */
  async ask<T>(path: string, input?: object, event?: string, tries = 0): Promise<T> {
    try {
      if (!event || !this.socket?.connected) return await this.call<T>(path, input);
      const ack = (await this.socket.timeout(5_000).emitWithAck(event, input)) as { data: T; error?: Failure };
      if (!ack.error) return ack.data;
      throw Object.assign(new Error(), ack.error);
    } catch (error) {
      const { code = 'unavailable', ...failure } = error as Failure;
      if (this.isClosed || !AGAIN.includes(code)) throw error;
      if (RENEW.includes(code)) await quietly(this.enter('refresh'));
      await new Promise((resolve) => setTimeout(resolve, asked(failure) + backoff(tries)));
      return this.ask(path, input, event, tries + 1);
    }
  }
  private async call<T>(path: string, input?: object): Promise<T> {
    const headers = { authorization: `Bearer ${this.grant.accessToken}`, cookie: this.cookie, 'x-tertulia': '1' };
    const json = { body: JSON.stringify(input), headers: { ...headers, 'content-type': 'application/json' } };
    const response = await fetch(this.server + path, input ? { method: 'POST', ...json } : { headers });
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0]!;
    const answer = (await response.json()) as T & { error: Failure };
    return response.ok ? answer : Promise.reject(Object.assign(new Error(), answer.error));
  }
  /** One after the other: the commands of a conversation, and the questions. */
  private queue<T>(lane: string, job: () => Promise<T>): Promise<T> {
    const done = (this.lanes.get(lane) ?? Promise.resolve()).then(job);
    this.lanes.set(lane, quietly(done));
    return done;
  }
  private connect(): void {
    const auth = (give: (data: object) => void): void => give({ token: this.grant.accessToken, protocol: 1 });
    const socket = (this.socket = io(this.server, { transports: ['websocket'], forceNew: true, auth, ...JITTER }));
    let parting: Failure = {};
    // What breaks is mended by socket.io itself; what the server refuses or ends is not.
    const again = async ({ code = '', ...failure }: Failure): Promise<void> => {
      this.isClosed ||= ['session_ended', 'outdated_client'].includes(code);
      if (RENEW.includes(code)) await quietly(this.enter('refresh'));
      if (!this.isClosed) setTimeout(() => socket.connect(), asked(failure) + backoff(0));
    };
    socket.on('ready', () => this.sync());
    socket.on('change', (change: Change) => this.apply('live', change));
    socket.on('user:changed', ({ uver, row }: UserChanged) => this.takeRow(row, uver));
    socket.on('sync:hint', () => this.sync());
    socket.on('bye', ({ after }: { after: number }) => (parting = { data: { after: after / 1_000 } }));
    socket.on('session:ended', (failure: Failure) => (parting = failure));
    socket.on('connect_error', ({ data = {} }: Error & { data?: Failure }) => socket.active || void again(data));
    socket.on('disconnect', () => socket.active || void again(parting));
    setInterval(this.sync, 48_000 + Math.random() * 24_000).unref();
  }
  private apply(via: 'live' | 'sync', change: Change): void {
    const held = this.held.get(change.conversation);
    if (!held || change.ver <= held.ver) return;
    if (change.ver > held.ver + 1) return this.sync();
    Object.assign(held, { ver: change.ver, tag: change.tag });
    this.take(held, via, change);
    if (!KINDS.includes(change.kind)) this.open(held.row);
  }
  private take(held: Held, via: 'live' | 'sync' | 'page', taken: Change | Message): void {
    const message = 'seq' in taken ? taken : 'message' in taken ? taken.message : null;
    if (message && message.ver > (held.messages.get(message.seq)?.ver ?? 0)) held.messages.set(message.seq, message);
    this.onTake(via, held.row.id, taken);
  }
  private takeRow(row: Row, uver = this.at.uver): void {
    if (uver === this.at.uver + 1) this.at.uver = uver;
    else if (uver > this.at.uver) this.sync();
    const old = this.held.get(row.id)?.row;
    if (old && (row.me.uver < old.me.uver || (row.me.uver === old.me.uver && row.ver <= old.ver))) return;
    if (row.me.left) this.forget(row.id);
    else if (!old || row.me.joinedVer > old.me.joinedVer) this.open(row);
    else this.held.get(row.id)!.row = row.ver < old.ver ? { ...old, me: row.me } : row;
  }
  private forget(conversation: string): void {
    if (this.held.delete(conversation)) this.onTake('page', conversation, null);
  }
  /** The row is the cursor; the pages are read after it, and so hold all that came before. Until then nothing is taken. */
  private open(row: Row): void {
    this.forget(row.id);
    const held: Held = { row, ver: Infinity, tag: 0, messages: new Map() };
    this.held.set(row.id, held);
    const path = `/api/conversations/${row.id}`;
    const begin = async (): Promise<void> => {
      const { row: fresh } = await this.ask<{ row: Row }>(path);
      for (let more = true, after = 0; more;) {
        const page = await this.ask<Page>(`${path}/messages?limit=100&after=${after}`);
        for (const message of page.messages) this.take(held, 'page', message);
        [more, after] = [page.hasNewer, page.messages.at(-1)?.seq ?? after];
      }
      Object.assign(held, { ver: fresh.ver, tag: fresh.tag });
    };
    void this.queue('sync', begin).then(this.sync, () => this.held.get(row.id) === held && this.forget(row.id));
  }
  private readonly sync = (): void => void quietly(this.queue('sync', this.syncOnce.bind(this)));
  private async syncOnce(): Promise<void> {
    if (this.at.epoch === null) {
      const list = await this.ask<{ rows: Row[]; epoch: string; uver: number }>('/api/conversations?limit=100');
      this.at = { epoch: list.epoch, uver: list.uver };
      for (const row of list.rows) this.takeRow(row);
    }
    const ready = [...this.held].filter(([, { ver }]) => ver !== Infinity);
    const cursors = ready.map(([conversation, { ver, tag }]) => ({ conversation, ver, tag }));
    const answer = await this.ask<Output<typeof sync>>('/api/sync', { ...this.at, cursors });
    this.at = { epoch: answer.reset ? null : answer.epoch, uver: answer.uver };
    for (const conversation of answer.reset ? this.held.keys() : answer.gone) this.forget(conversation);
    for (const row of answer.rows) this.takeRow(row);
    const followed = answer.conversations.map((news) => ({ ...news, held: this.held.get(news.conversation) }));
    for (const { held, reset } of followed) if (held && reset) this.open(held.row);
    for (const change of followed.flatMap(({ changes }) => changes)) this.apply('sync', change);
    if (answer.reset || answer.moreRows || answer.conversations.some(({ more }) => more)) this.sync();
  }
}
