import {
  PROTOCOL_VERSION,
  type Ack,
  type Change,
  type ConversationRow,
  type Output,
  type SessionGrant,
  type UserChanged,
  type WireError,
} from '@tertulia/contract';
import type { getConversation, getMessages, listConversations, sendMessage, sync } from '@tertulia/contract';
import { io, type Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import { expect, vi } from 'vitest';

export const PASSWORD = 'una tertulia muy larga';
let counter = 0;

export interface Answer<T> {
  status: number;
  body: T & { error?: WireError };
  headers: Headers;
}

/** One person who speaks the wire protocol directly: what the server says and takes, without the client's engine between. */
export class Participant {
  socket: Socket | null = null;
  /** Everything heard live, in order. */
  readonly changes: Change[] = [];
  /** What a hint made this one ask for. */
  private readonly synced: Change[] = [];
  readonly userChanges: UserChanged[] = [];
  cookie = '';
  /** The cookie by which the server knows this device again. */
  device = '';
  /** Called with each change at the moment it is heard. */
  onChange: (change: Change) => void = () => undefined;

  private constructor(
    readonly server: string,
    public grant: SessionGrant,
    readonly email: string,
  ) {}

  static async register(server: string, name: string): Promise<Participant> {
    counter += 1;
    const email = `${name.toLowerCase().replace(/\W/g, '')}${counter}.${Date.now()}@example.org`;
    const answer = await request<SessionGrant>(server, 'POST', '/api/auth/register', {
      email,
      name,
      password: PASSWORD,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const participant = new Participant(server, answer.body, email);
    return participant.keep(answer.headers);
  }

  /** A session more of the same account, from another device unless it brings the cookie of one. */
  async logIn({
    server = this.server,
    device = '',
    userAgent = 'node',
    password = PASSWORD,
  } = {}): Promise<Participant> {
    const credentials = { email: this.email, password };
    const headers = { cookie: device, 'user-agent': userAgent };
    const answer = await request<SessionGrant>(server, 'POST', '/api/auth/login', credentials, headers);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return new Participant(server, answer.body, this.email).keep(answer.headers);
  }

  private keep(headers: Headers): this {
    this.cookie = cookieOf(headers);
    this.device = deviceOf(headers);
    return this;
  }

  /** Registered and listening. */
  static async join(server: string, name: string): Promise<Participant> {
    const participant = await Participant.register(server, name);
    await participant.connect();
    return participant;
  }

  get id(): string {
    return this.grant.user.id;
  }

  get name(): string {
    return this.grant.user.name;
  }

  /** Another device of the same session. */
  async tab(): Promise<Participant> {
    const other = this.unconnected();
    await other.connect();
    return other;
  }

  /** The same before it connects. */
  unconnected(): Participant {
    const other = new Participant(this.server, this.grant, this.email);
    other.cookie = this.cookie;
    return other;
  }

  /** Resolves when the server says `ready`: in the stream of every conversation. */
  async connect(auth: object = { token: this.grant.accessToken, protocol: PROTOCOL_VERSION }): Promise<void> {
    const socket = io(this.server, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
    this.socket = socket;
    socket.on('change', (change: Change) => {
      this.changes.push(change);
      this.onChange(change);
    });
    socket.on('user:changed', (changed: UserChanged) => this.userChanges.push(changed));
    socket.on('sync:hint', () => void this.catchUp().catch(() => undefined));
    await new Promise<void>((resolve, reject) => {
      socket.once('ready', () => resolve());
      socket.once('connect_error', reject);
    });
  }

  /** What a hint asks for: the changes after the rows that were told last. */
  private async catchUp(): Promise<void> {
    const rows = new Map(this.userChanges.map(({ row }) => [row.id, row]));
    const cursors = [...rows.values()]
      .filter(({ me }) => !me.left)
      .map(({ id, ver, tag }) => ({ conversation: id, ver, tag }));
    const answer = await this.call<Output<typeof sync>>('POST', '/api/sync', { epoch: null, uver: 0, cursors });
    if (answer.status !== 200) {
      // The database is away for a moment: a client asks again.
      await new Promise((resolve) => setTimeout(resolve, 250));
      return this.socket?.connected ? this.catchUp() : undefined;
    }
    this.synced.push(...answer.body.conversations.flatMap(({ changes }) => changes));
  }

  /** All that is known of a conversation, live or not: each change once, by ver. */
  known(conversation: string): Change[] {
    const own = [...this.changes, ...this.synced].filter((change) => change.conversation === conversation);
    return [...new Map(own.map((change) => [change.ver, change])).values()].sort((a, b) => a.ver - b.ver);
  }

  disconnect(): void {
    this.socket?.disconnect();
  }

  emit<T>(event: string, data: unknown, timeout = 10_000): Promise<Ack<T>> {
    return this.socket!.timeout(timeout).emitWithAck(event, data) as Promise<Ack<T>>;
  }

  async send(conversation: string, body: string, id: string = uuidv7()): Promise<Output<typeof sendMessage>> {
    return granted(await this.emit<Output<typeof sendMessage>>('message:send', { conversation, id, body }));
  }

  call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer<T>> {
    return request<T>(this.server, method, path, body, { authorization: `Bearer ${this.grant.accessToken}` });
  }

  async ok<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(200);
    return answer.body;
  }

  async direct(other: Participant): Promise<ConversationRow> {
    const { row } = await this.ok<{ row: ConversationRow }>('POST', '/api/conversations/direct', { user: other.id });
    if (row.ver === 0) await other.told(row.id);
    return row;
  }

  async group(name: string, members: Participant[], op: string = uuidv7()): Promise<ConversationRow> {
    const users = members.map(({ id }) => id);
    const { row } = await this.ok<{ row: ConversationRow }>('POST', '/api/conversations/groups', { op, name, users });
    for (const member of members) await member.told(row.id);
    return row;
  }

  /** Waits until they listen to a new conversation: what is written before that comes to them in its row alone. */
  private async told(conversation: string): Promise<void> {
    if (this.socket?.connected !== true) return;
    await vi.waitFor(() => expect(this.userChanges.map(({ row }) => row.id)).toContain(conversation), 5_000);
  }

  history(conversation: string, query = ''): Promise<Output<typeof getMessages>> {
    return this.ok('GET', `/api/conversations/${conversation}/messages${query}`);
  }

  list(): Promise<Output<typeof listConversations>> {
    return this.ok('GET', '/api/conversations');
  }

  conversation(id: string): Promise<Output<typeof getConversation>> {
    return this.ok('GET', `/api/conversations/${id}`);
  }

  sync(
    cursors: { conversation: string; ver: number; tag: number }[],
    uver = 0,
    epoch: string | null = null,
  ): Promise<Output<typeof sync>> {
    return this.ok('POST', '/api/sync', { epoch, uver, cursors });
  }

  /** Waits until a change of this kind and conversation was heard. */
  async heard(conversation: string, ver: number): Promise<Change> {
    return vi.waitFor(() => {
      const change = this.known(conversation).find((known) => known.ver === ver);
      expect(change, `${this.name} heard ${conversation}/${ver}`).toBeDefined();
      return change!;
    }, 5_000);
  }

  bodies(conversation: string): string[] {
    return this.known(conversation).flatMap((change) =>
      change.kind === 'message:created' ? [change.message.body] : [],
    );
  }
}

export function granted<T>(ack: Ack<T>): T {
  expect(ack, JSON.stringify(ack)).toMatchObject({ ok: true });
  return (ack as { data: T }).data;
}

export async function request<T>(
  server: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await fetch(server + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer<T>['body'], headers: response.headers };
}

const DEVICE = /^(?:__Host-)?tertulia-device=/;
const pairsOf = (headers: Headers): string[] => headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);

/** The refresh cookie. */
export const cookieOf = (headers: Headers): string => pairsOf(headers).find((pair) => !DEVICE.test(pair)) ?? '';
export const deviceOf = (headers: Headers): string => pairsOf(headers).find((pair) => DEVICE.test(pair)) ?? '';
