import type * as contract from '@tertulia/contract';
import { mayRetry, type Ack, type Change, type ErrorCode, type Message } from '@tertulia/contract';
import { commands } from '@tertulia/contract/documents';
import type { HistoryEntry, Recorder, ToldMessage } from '@tertulia/history-checker';
import { platformPorts } from '../../packages/client/src/platform.js';
import type { OpenSocket, Ports, SocketHandlers } from '../../packages/client/src/ports.js';

type Fields = Record<string, unknown>;
type Invoke = Extract<HistoryEntry, { type: 'invoke' }>;

const byEvent = new Map(commands.flatMap((command) => (command.event === undefined ? [] : [[command.event, command]])));
const routes = commands.flatMap(({ http, name }) => (http === undefined ? [] : [routeOf(http, name)]));

function routeOf(http: string, name: string): { method: string; pattern: RegExp; keys: string[]; name: string } {
  const [method = '', template = ''] = http.split(' ');
  const keys = [...template.matchAll(/:(\w+)/g)].map(([, key = '']) => key);
  return { method, keys, name, pattern: new RegExp(`^${template.replace(/:\w+/g, '([^/?]+)')}$`) };
}

/** After these the client sends the same command again, so they are no end of it. */
const isFinal = (code: ErrorCode): boolean =>
  !mayRetry(code) && !['unauthenticated', 'token_expired', 'session_ended', 'outdated_client'].includes(code);

export const told = ({ seq, ver, id, sender, body, deleted }: Message): ToldMessage => ({
  seq,
  ver,
  op: id,
  sender,
  body,
  deleted: deleted === true,
});

export interface TapListener {
  /** A command goes out for the first time. */
  invoked(op: string, body: string | null): void;
  /** For good. */
  answered(op: string): void;
  /** Heard on the open socket. */
  heard(change: Change): void;
}

/**
 * What one client says and hears, written down at the last point before the network: the ports that the client is given.
 * Every socket is a client of its own in the history, for it keeps no cursor and must hear everything once and in order.
 */
export class WireTap {
  user = '';
  session = '';
  token = '';
  /** Sockets opened, and those that came as far as `ready`. */
  connections = 0;
  readies = 0;
  private readonly joinedVers = new Map<string, number>();
  private epoch = '';
  private marks = 0;

  constructor(
    readonly client: string,
    private readonly recorder: Recorder,
    /** Tabs send each other's commands: whichever does so first begins it. */
    private readonly invoked: Set<string>,
    private readonly listener: TapListener,
  ) {}

  /** The ports of Node, observed. */
  ports(over: Partial<Ports> = {}): Ports {
    const real = { ...platformPorts(), ...over };
    return {
      ...real,
      fetch: (address, init) => this.fetch(real.fetch, address as string, init ?? {}),
      openSocket: (...args) => this.open(real.openSocket, ...args),
    };
  }

  private open(
    openSocket: OpenSocket,
    baseUrl: string,
    handshake: Parameters<OpenSocket>[1],
    handlers: SocketHandlers,
  ): ReturnType<OpenSocket> {
    this.connections += 1;
    const connection = `${this.client}#${this.connections}`;
    this.token = handshake.token;
    this.recorder.add({ type: 'connect', client: connection, user: this.user, session: this.session });
    const { events } = handlers;
    const socket = openSocket(baseUrl, handshake, {
      ...handlers,
      events: {
        ...events,
        ready: (ready) => {
          this.readies += 1;
          this.begin([this.client, connection], ready.epoch);
          events.ready(ready);
        },
        'sync:hint': (hint) => {
          this.begin([connection], this.epoch);
          events['sync:hint'](hint);
        },
        'user:changed': (changed) => {
          this.joined(connection, changed.row);
          events['user:changed'](changed);
        },
        change: (change) => {
          this.receive(connection, change, 'live');
          this.listener.heard(change);
          events.change(change);
        },
      },
    });
    return {
      close: () => socket.close(),
      request: async (event, data, timeoutMs) => {
        const op = this.invoke(byEvent.get(event)?.name, data as Fields);
        const ack = await socket.request(event, data, timeoutMs);
        if (op !== null) this.answered(op, ack);
        return ack;
      },
    };
  }

  /** From here on what is heard need not follow on what was heard before. */
  private begin(clients: readonly string[], epoch: string): void {
    this.meet(epoch);
    for (const client of clients) this.recorder.add({ type: 'epoch', client, epoch });
  }

  /** Numbers of another epoch say nothing of this one. */
  private meet(epoch: string): void {
    if (epoch !== this.epoch) this.joinedVers.clear();
    this.epoch = epoch;
  }

  /** Added again: the stream begins anew at the row. */
  private joined(connection: string, { id, me }: contract.ConversationRow): void {
    const before = this.joinedVers.get(id) ?? -1;
    this.joinedVers.set(id, Math.max(before, me.joinedVer));
    if (me.joinedVer > before) this.recorder.add({ type: 'reset', client: connection, conversation: id });
  }

  private async fetch(send: Ports['fetch'], address: string, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(address);
    const input = typeof init.body === 'string' ? (JSON.parse(init.body) as Fields) : {};
    const route = routes.find(({ method, pattern }) => method === init.method && pattern.test(pathname));
    route?.pattern
      .exec(pathname)
      ?.slice(1)
      .forEach((value, index) => (input[route.keys[index]!] = value));
    if (route?.name === 'sync')
      this.recorder.add({ type: 'cursor', client: this.client, conversation: null, ver: input['uver'] as number });
    const op = this.invoke(route?.name, input);
    const response = await send(address, init);
    const answer: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    if (route?.name === 'sync' && response.ok) this.synced(answer as contract.Output<typeof contract.sync>);
    if (['register', 'login', 'refresh'].includes(route?.name ?? '') && response.ok)
      this.entered(answer as contract.SessionGrant);
    if (op !== null && answer !== null)
      this.answered(
        op,
        response.ok ? { ok: true, data: answer } : { ok: false, ...(answer as { error: contract.WireError }) },
      );
    return response;
  }

  private entered({ user, session, accessToken }: contract.SessionGrant): void {
    this.token = accessToken;
    if (this.session === session) return;
    this.user = user.id;
    this.session = session;
    this.recorder.add({ type: 'connect', client: this.client, user: this.user, session });
  }

  private synced(answer: contract.Output<typeof contract.sync>): void {
    const { client } = this;
    this.meet(answer.epoch);
    this.recorder.add({ type: 'epoch', client, epoch: answer.epoch });
    for (const { conversation, reset } of answer.conversations)
      if (reset) this.recorder.add({ type: 'reset', client, conversation });
  }

  private receive(client: string, change: Change, via: 'live' | 'sync'): void {
    const { conversation, ver, kind } = change;
    const message = 'message' in change ? told(change.message) : null;
    this.recorder.add({ type: 'receive', client, user: this.user, conversation, ver, kind, via, message });
  }

  /** Null for what is no command of the history. Retries of one op are one invoke. */
  private invoke(name: string | undefined, input: Fields): string | null {
    const op = this.opOf(name, input);
    const entry = this.entryOf(name, op, input);
    if (entry === null) return null;
    if (this.invoked.has(op)) return op;
    this.invoked.add(op);
    this.recorder.add(entry);
    this.listener.invoked(op, entry.command === 'message:send' ? entry.body : null);
    return op;
  }

  private opOf(name: string | undefined, { id, op }: Fields): string {
    if (name === 'markRead') return `${this.client}:mark:${(this.marks += 1)}`;
    const given = typeof id === 'string' ? id : typeof op === 'string' ? op : '';
    // A cancel bears the id of the message that it cancels, and two devices may cancel the same.
    return name === 'cancelMessage' ? `${given}:cancel:${this.session}` : given;
  }

  private entryOf(name: string | undefined, op: string, input: Fields): Invoke | null {
    const { client, user } = this;
    const {
      conversation,
      seq,
      body,
      rev,
      base,
      users,
      user: other,
    } = input as {
      conversation: string;
      seq: number;
      body: string;
      rev: number;
      base: number;
      users: string[];
      user: string;
    };
    const common = { type: 'invoke' as const, op, client, user, conversation };
    switch (name) {
      case 'sendMessage':
        return { ...common, command: 'message:send', body };
      case 'editMessage':
        return { ...common, command: 'message:edit', seq, body, base };
      case 'deleteMessage':
        return { ...common, command: 'message:delete', seq };
      case 'cancelMessage':
        return { ...common, command: 'message:cancel', message: op.replace(/:cancel:.*$/, '') };
      case 'markRead':
        return { ...common, command: 'read:mark', rev, seq };
      case 'addMembers':
        return { ...common, command: 'member:add', users };
      case 'removeMember':
        return { ...common, command: 'member:remove', users: [other] };
      case 'leaveGroup':
        return { ...common, command: 'member:leave' };
      case 'renameGroup':
        return { ...common, command: 'conversation:rename' };
      default:
        return null;
    }
  }

  private answered(op: string, ack: Ack<unknown>): void {
    const complete = { type: 'complete' as const, op, client: this.client };
    if (ack.ok) {
      const { seq, ver, readRev, readSeq } = ack.data as Record<string, number | undefined>;
      this.recorder.add({
        ...complete,
        outcome: 'stored',
        ...(seq !== undefined && { seq }),
        ...(ver !== undefined && { ver }),
        ...(readRev !== undefined && readSeq !== undefined && { mark: { rev: readRev, seq: readSeq } }),
      });
      this.listener.answered(op);
    } else if (isFinal(ack.error.code)) {
      const outcome = ack.error.code === 'internal' ? 'unknown' : 'refused';
      this.recorder.add({ ...complete, outcome, code: ack.error.code });
      this.listener.answered(op);
    }
  }
}
