import type { Ack, Change, ConversationRow, ErrorCode, Message, UserChanged, WireError } from '@tertulia/contract';
import type { OpenSocket, Ports, SocketHandlers } from '../src/ports.js';

interface Talk {
  id: string;
  users: string[];
  messages: Message[];
  changes: Change[];
  marks: Map<string, { rev: number; seq: number; uver: number }>;
}

interface Wire {
  user: string;
  handlers: SocketHandlers;
}

type Fields = Record<string, never>;
type EditInput = { conversation: string; op: string; seq: number; base: number; body: string };

const refusal = (code: ErrorCode, data: Record<string, unknown> = {}) => ({ refused: { code, message: '', data } });
const isRefused = (answer: unknown): answer is ReturnType<typeof refusal> =>
  typeof answer === 'object' && answer !== null && 'refused' in answer;

/** A record is a pointer: what is told later shows the message as it is then. */
const current = (talk: Talk, change: Change): Change =>
  'message' in change ? { ...change, message: talk.messages[change.message.seq - 1]! } : change;

/** A server of one process and no disk that keeps the contract: what unit tests of the client talk to. */
export class FakeServer {
  readonly talks = new Map<string, Talk>();
  readonly uvers = new Map<string, number>();
  readonly calls: string[] = [];
  epoch = 'epoch-1';
  /** Nothing gets through. */
  down = false;
  websockets = true;
  /** Stores, but the answer gets lost. */
  loseAnswers = 0;
  /** Keeps changes back, as a slow stream would. */
  mute = false;
  tagOf = (ver: number): number => ver * 7;
  refuse: (name: string, input: Fields) => WireError | null = () => null;
  private readonly ops = new Map<string, number>();
  private readonly wires = new Set<Wire>();
  private clock = 1_000;

  addTalk(id: string, ...users: string[]): Talk {
    const marks = new Map(users.map((user) => [user, { rev: 0, seq: 0, uver: this.raise(user) }]));
    const talk: Talk = { id, users, messages: [], changes: [], marks };
    this.talks.set(id, talk);
    for (const user of users) this.tellUser(user, talk);
    return talk;
  }

  /** Ports of a client of this user: each call has a cookie of its own. */
  portsFor(user: string, more: Partial<Ports> = {}): Ports {
    return {
      fetch: (url, init) => this.answer(user, url as string, init ?? {}),
      openSocket: this.openSocket(user),
      withLock: null,
      openChannel: null,
      keepsCookies: true,
      now: Date.now,
      random: () => 0,
      ...more,
    };
  }

  /** Somebody writes, by whatever way. */
  write(conversation: string, sender: string | null, body: string, id: string = crypto.randomUUID()): Message {
    const talk = this.talks.get(conversation)!;
    const held = talk.messages.find((message) => message.id === id);
    if (held !== undefined) return held;
    const ver = talk.changes.length + 1;
    const message: Message = { seq: talk.messages.length + 1, ver, id, sender, body, at: (this.clock += 1) };
    talk.messages.push(message);
    const people = sender === null ? [] : [{ id: sender, name: sender.toUpperCase() }];
    this.record(talk, { kind: 'message:created', conversation, ver, tag: this.tagOf(ver), message, people });
    const mark = talk.marks.get(sender ?? '');
    if (mark !== undefined) mark.seq = message.seq;
    return message;
  }

  record(talk: Talk, change: Change): void {
    talk.changes.push(change);
    if (!this.mute)
      for (const { user, handlers } of this.wires) if (talk.users.includes(user)) handlers.events.change(change);
  }

  cut(): void {
    for (const { handlers } of [...this.wires]) handlers.closed();
  }

  tellUser(user: string, talk: Talk): void {
    const changed: UserChanged = { uver: this.uvers.get(user) ?? 0, row: this.row(talk, user) };
    for (const wire of this.wires) if (wire.user === user) wire.handlers.events['user:changed'](changed);
  }

  row(talk: Talk, user: string): ConversationRow {
    const mark = talk.marks.get(user)!;
    const last = talk.messages.findLast(({ deleted }) => deleted !== true);
    const peer = talk.users.find((other) => other !== user) ?? user;
    const unread = talk.messages.filter(
      ({ seq, sender, deleted }) => seq > mark.seq && sender !== null && sender !== user && deleted !== true,
    ).length;
    return {
      id: talk.id,
      kind: 'direct',
      name: null,
      peer: { id: peer, name: peer.toUpperCase() },
      memberCount: talk.users.length,
      seq: talk.messages.length,
      ver: talk.changes.length,
      tag: this.tagOf(talk.changes.length),
      at: talk.messages.findLast(({ cancelled }) => cancelled !== true)?.at ?? 0,
      preview:
        last === undefined ? null : { seq: last.seq, sender: last.sender, senderName: last.sender, text: last.body },
      unread: Math.min(100, unread),
      me: {
        role: 'member',
        fromSeq: 1,
        joinedVer: 0,
        readRev: mark.rev,
        readSeq: mark.seq,
        uver: mark.uver,
        left: !talk.users.includes(user),
      },
    };
  }

  remove(conversation: string, user: string): void {
    const talk = this.talks.get(conversation)!;
    talk.users = talk.users.filter((other) => other !== user);
    talk.marks.get(user)!.uver = this.raise(user);
    this.tellUser(user, talk);
  }

  private raise(user: string): number {
    const uver = (this.uvers.get(user) ?? 0) + 1;
    this.uvers.set(user, uver);
    return uver;
  }

  private openSocket(user: string): OpenSocket {
    return (_url, _handshake, handlers) => {
      const wire: Wire = { user, handlers };
      queueMicrotask(() => this.welcome(wire));
      return {
        request: (event, data) => this.event(user, event, data as Fields),
        close: () => this.wires.delete(wire),
      };
    };
  }

  private welcome(wire: Wire): void {
    if (this.down || !this.websockets) {
      wire.handlers.refused({});
      return;
    }
    this.wires.add(wire);
    wire.handlers.events.ready({ epoch: this.epoch, user: wire.user, uver: this.uvers.get(wire.user) ?? 0 });
  }

  private async event(user: string, event: string, data: Fields): Promise<Ack<unknown>> {
    await Promise.resolve();
    const refused = this.down ? null : this.refuse(event, data);
    if (this.down) throw new Error('no answer');
    if (refused !== null) return { ok: false, error: refused };
    const answer = this.command(user, event, data);
    if (isRefused(answer)) return { ok: false, error: answer.refused };
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new Error('no answer');
    }
    return { ok: true, data: answer };
  }

  private command(user: string, event: string, data: Fields): unknown {
    if (event === 'message:send') return this.send(user, data);
    const { epoch = this.epoch } = data as { epoch?: string };
    if (epoch !== this.epoch) return refusal('epoch_changed');
    if (event === 'message:edit') return this.edit(user, data);
    if (event === 'message:delete') return this.delete(user, data);
    if (event === 'message:cancel') return this.cancel(user, data);
    return event === 'read:mark' ? this.read(user, data) : {};
  }

  private async answer(user: string, address: string, init: RequestInit): Promise<Response> {
    await Promise.resolve();
    if (this.down) throw new TypeError('fetch failed');
    const { pathname, searchParams } = new URL(address, 'http://fake');
    this.calls.push(`${init.method} ${pathname}`);
    const input = (
      init.body === undefined ? Object.fromEntries(searchParams) : JSON.parse(init.body as string)
    ) as Fields;
    const error = this.refuse(pathname, input) ?? undefined;
    if (error !== undefined) return Response.json({ error }, { status: 400 });
    const answer = this.route(user, pathname, input);
    if (isRefused(answer)) return Response.json({ error: answer.refused }, { status: 400 });
    return answer === undefined
      ? Response.json({ error: { code: 'conversation_not_found', message: '' } }, { status: 404 })
      : Response.json(answer);
  }

  private route(user: string, path: string, input: Fields): unknown {
    if (path.startsWith('/api/auth/'))
      return {
        accessToken: `token-${Math.random()}`,
        expiresIn: 600,
        session: 's',
        user: { id: user, name: user, email: '', role: 'member' },
      };
    if (path === '/api/conversations') return this.list(user);
    if (path === '/api/sync') return this.sync(user, input);
    if (path === '/api/messages') return this.send(user, input);
    const [, conversation = '', what] = /^\/api\/conversations\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    const talk = this.talks.get(conversation);
    if (talk?.users.includes(user) !== true) return undefined;
    if (what === 'messages') return this.page(talk, input);
    if (what?.startsWith('own-messages/') === true) {
      const own = talk.messages.find(({ id, sender }) => sender === user && what.endsWith(id));
      return own === undefined ? refusal('message_not_found') : { seq: own.seq, ver: own.ver };
    }
    const command = /^(edit|delete|cancel)-message$/.exec(what ?? '')?.[1];
    if (command !== undefined)
      return this.command(user, `message:${command}`, { ...input, conversation: conversation as never });
    if (what === 'read') return this.read(user, { ...input, conversation: conversation as never });
    return {
      row: this.row(talk, user),
      members: talk.users.map((id) => ({ person: { id, name: id.toUpperCase() }, role: 'member', left: false })),
    };
  }

  private list(user: string) {
    const rows = this.of(user).map((talk) => this.row(talk, user));
    return { rows: rows.sort((a, b) => b.at - a.at), next: null, uver: this.uvers.get(user) ?? 0, epoch: this.epoch };
  }

  private sync(user: string, input: Fields) {
    const { epoch, uver, cursors } = input as unknown as {
      epoch: string;
      uver: number;
      cursors: { conversation: string; ver: number; tag: number }[];
    };
    const isKnown = (cursor: (typeof cursors)[number]) => cursor.tag === this.tagOf(cursor.ver);
    const reset = epoch !== this.epoch || !cursors.every(isKnown);
    const base = { epoch: this.epoch, reset, uver: this.uvers.get(user) ?? 0, moreRows: false };
    if (base.reset) return { ...base, rows: [], conversations: [], gone: [] };
    const rows = [...this.talks.values()]
      .filter((talk) => (talk.marks.get(user)?.uver ?? 0) > uver)
      .map((talk) => this.row(talk, user));
    const mine = cursors.filter(({ conversation }) => this.talks.get(conversation)?.users.includes(user) === true);
    const conversations = mine.flatMap(({ conversation, ver }) => this.delta(this.talks.get(conversation)!, ver));
    return {
      ...base,
      rows,
      conversations,
      gone: cursors.filter((cursor) => !mine.includes(cursor)).map(({ conversation }) => conversation),
    };
  }

  private delta(talk: Talk, from: number) {
    const last = talk.changes.length;
    const changes = talk.changes.slice(from, from + 200).map((change) => current(talk, change));
    const ver = from + changes.length;
    return changes.length === 0
      ? []
      : [{ conversation: talk.id, reset: false, changes, ver, tag: this.tagOf(ver), more: ver < last }];
  }

  private page(talk: Talk, input: Fields) {
    const { before, after, around, limit = '50' } = input as Record<string, string>;
    const count = Number(limit);
    const end = talk.messages.length;
    let from = Math.max(0, end - count);
    if (before !== undefined) from = Math.max(0, Number(before) - 1 - count);
    if (after !== undefined) from = Number(after);
    if (around !== undefined) from = Math.max(0, Number(around) - 1 - Math.floor(count / 2));
    const to = before === undefined ? Math.min(end, from + count) : Number(before) - 1;
    const ver = talk.changes.length;
    return {
      messages: talk.messages.slice(from, to),
      people: [],
      hasOlder: from > 0,
      hasNewer: to < end,
      ver,
      tag: this.tagOf(ver),
    };
  }

  private send(user: string, input: Fields) {
    const { conversation, id, body } = input as unknown as { conversation: string; id: string; body: string };
    const { seq, ver, at } = this.write(conversation, user, body, id);
    return { conversation, seq, ver, at };
  }

  /** Somebody edits or deletes (null), on whatever device. */
  change(conversation: string, seq: number, body: string | null): Message {
    const talk = this.talks.get(conversation)!;
    const ver = talk.changes.length + 1;
    const { editedAt: _, ...held } = talk.messages[seq - 1]!;
    const now = body === null ? { body: '', deleted: true as const } : { body, editedAt: (this.clock += 1) };
    const message: Message = { ...held, ver, ...now };
    talk.messages[seq - 1] = message;
    this.record(talk, { kind: 'message:changed', conversation, ver, tag: this.tagOf(ver), message });
    return message;
  }

  private edit(user: string, input: Fields) {
    const { conversation, op, seq, base, body } = input as unknown as EditInput;
    const held = this.talks.get(conversation)?.messages[seq - 1];
    const done = this.ops.get(op);
    if (done !== undefined) return { ver: done };
    if (held === undefined) return refusal('message_not_found');
    if (held.sender !== user) return refusal('not_allowed');
    if (held.deleted === true) return refusal('message_deleted');
    if (base < held.ver) return refusal('stale', { ver: held.ver });
    const { ver } = this.change(conversation, seq, body);
    this.ops.set(op, ver);
    return { ver };
  }

  private delete(user: string, input: Fields) {
    const { conversation, seq } = input as unknown as EditInput;
    const held = this.talks.get(conversation)?.messages[seq - 1];
    if (held === undefined) return refusal('message_not_found');
    if (held.sender !== user) return refusal('not_allowed');
    return { ver: held.deleted === true ? held.ver : this.change(conversation, seq, null).ver };
  }

  private cancel(user: string, input: Fields) {
    const { conversation, id } = input as unknown as { conversation: string; id: string };
    const talk = this.talks.get(conversation)!;
    const held = talk.messages.find((message) => message.id === id);
    if (held?.deleted === true) return { seq: held.seq, ver: held.ver };
    if (held !== undefined) return { seq: held.seq, ver: this.change(conversation, held.seq, null).ver };
    const ver = talk.changes.length + 1;
    const nothing = { body: '', at: talk.messages.at(-1)?.at ?? 0, deleted: true, cancelled: true } as const;
    const message: Message = { seq: talk.messages.length + 1, ver, id, sender: user, ...nothing };
    talk.messages.push(message);
    this.record(talk, { kind: 'message:created', conversation, ver, tag: this.tagOf(ver), message });
    return { seq: message.seq, ver };
  }

  private read(user: string, input: Fields) {
    const { conversation, rev, seq } = input as unknown as { conversation: string; rev: number; seq: number };
    const talk = this.talks.get(conversation)!;
    const mark = talk.marks.get(user)!;
    if (rev >= mark.rev && (rev > mark.rev || seq > mark.seq))
      Object.assign(mark, { rev, seq, uver: this.raise(user) });
    this.tellUser(user, talk);
    return { readRev: mark.rev, readSeq: mark.seq, unread: this.row(talk, user).unread, uver: mark.uver };
  }

  private of(user: string): Talk[] {
    return [...this.talks.values()].filter((talk) => talk.users.includes(user));
  }
}
