import { PROTOCOL_VERSION, type Ack, type ServerToClient } from '@tertulia/contract';
import { CommandError, type ConnectionState } from '../api.js';
import type { OpenSocket, SocketPort } from '../ports.js';
import { askedDelayMs, backoffMs, Timer } from './backoff.js';
import { routes, type EventName, type InputOf, type OutputOf } from './routes.js';

const ACK_MS = 10_000;
const PROBE_MS = 5_000;
const READY_MS = 15_000;
/** How long a server that says goodbye may still answer before this side closes. */
const BYE_MS = 2_000;

export interface ConnectionOptions {
  baseUrl: string;
  openSocket: OpenSocket;
  random: () => number;
  token: () => Promise<string>;
  /** A token other than this one, which was refused. */
  renew: (stale: string) => Promise<string>;
  sessionEnded: () => void;
  changed: (state: ConnectionState) => void;
  events: Pick<ServerToClient, 'ready' | 'change' | 'user:changed' | 'typing' | 'presence' | 'sync:hint'>;
}

/** The websocket: opened, watched, and opened again with full jitter until it is stopped. */
export class Connection {
  state: ConnectionState = 'idle';
  private socket: SocketPort | null = null;
  private token = '';
  private attempts = 0;
  /** Raised whenever the current attempt is over: whatever it still says is ignored. */
  private turn = 0;
  private wanted = false;
  private byeAfter: number | null = null;
  private readonly timer = new Timer();

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.attempt(() => this.options.token());
  }

  stop(): void {
    this.wanted = false;
    this.drop();
    this.set('idle');
  }

  /** Connect now if waiting; if open, make sure that it really is. */
  wake(): void {
    if (this.state === 'online') this.probe();
    else if (this.wanted && this.state === 'offline') void this.attempt(() => this.options.token());
  }

  /** True while new requests are welcome there: a server that said goodbye only answers what it has. */
  get serves(): boolean {
    return this.state === 'online' && this.byeAfter === null;
  }

  async request<N extends EventName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    const socket = this.socket;
    if (socket === null || !this.serves) throw new CommandError('offline', 'There is no connection.');
    const ack = await socket.request(routes[name].event, input, ACK_MS).catch(() => this.unanswered(socket));
    if (ack.ok) return ack.data as OutputOf<N>;
    if (ack.error.code === 'token_expired' || ack.error.code === 'unauthenticated')
      void this.options.renew(this.token).catch(() => {});
    if (ack.error.code === 'session_ended') this.options.sessionEnded();
    throw CommandError.from(ack.error);
  }

  /** Renews the open socket in band. */
  renewed(token: string): void {
    this.token = token;
    if (this.state === 'online') this.probe();
  }

  private probe(): void {
    const socket = this.socket;
    if (socket === null) return;
    socket.request(routes.renewToken.event, { token: this.token }, PROBE_MS).then(
      (ack) => this.judge(socket, ack),
      () => this.lost(socket),
    );
  }

  private judge(socket: SocketPort, ack: Ack<unknown>): void {
    if (ack.ok || socket !== this.socket) return;
    if (ack.error.code === 'session_ended') this.options.sessionEnded();
    else if (ack.error.code === 'token_expired' || ack.error.code === 'unauthenticated')
      this.again(() => this.options.renew(this.token));
    else this.options.events['sync:hint']({});
  }

  private unanswered(socket: SocketPort): never {
    if (socket === this.socket) this.probe();
    throw new CommandError('offline', 'No answer came; nobody knows whether it was stored.');
  }

  private async attempt(getToken: () => Promise<string>): Promise<void> {
    this.drop();
    const turn = this.turn;
    this.set('connecting');
    try {
      const token = await getToken();
      if (turn === this.turn) this.open(token, turn);
    } catch {
      if (turn === this.turn) this.retry(0);
    }
  }

  private open(token: string, turn: number): void {
    this.token = token;
    this.byeAfter = null;
    const mine =
      <A extends unknown[]>(handler: (...args: A) => void) =>
      (...args: A) => {
        if (turn === this.turn) handler(...args);
      };
    const { events } = this.options;
    this.timer.set(READY_MS, () => this.retry(0));
    this.socket = this.options.openSocket(
      this.options.baseUrl,
      { token, protocol: PROTOCOL_VERSION },
      {
        events: {
          ready: mine((ready) => this.ready(ready)),
          change: mine(events.change),
          'user:changed': mine(events['user:changed']),
          typing: mine(events.typing),
          presence: mine(events.presence),
          'sync:hint': mine(events['sync:hint']),
          bye: mine(({ after }) => this.goodbye(after)),
          'session:ended': mine(({ code }) => this.refused({ code })),
        },
        refused: mine((error) => this.refused(error)),
        closed: mine(() => this.retry(this.byeAfter ?? 0)),
      },
    );
  }

  private ready(ready: Parameters<ServerToClient['ready']>[0]): void {
    this.timer.clear();
    this.attempts = 0;
    this.set('online');
    this.options.events.ready(ready);
  }

  private goodbye(after: number): void {
    this.byeAfter = after;
    this.timer.set(BYE_MS, () => this.retry(after));
  }

  private refused(error: { code?: unknown; data?: unknown }): void {
    if (error.code === 'outdated_client') {
      this.wanted = false;
      this.drop();
      this.set('outdated');
    } else if (error.code === 'session_ended') this.options.sessionEnded();
    else if ((error.code === 'token_expired' || error.code === 'unauthenticated') && this.attempts === 0) {
      this.attempts = 1;
      this.again(() => this.options.renew(this.token));
    } else this.retry(askedDelayMs(error.data));
  }

  private lost(socket: SocketPort): void {
    if (socket === this.socket) this.again(() => this.options.token());
  }

  private again(getToken: () => Promise<string>): void {
    if (this.wanted) void this.attempt(getToken);
  }

  private retry(atLeastMs: number): void {
    this.drop();
    this.set('offline');
    const wait = atLeastMs + backoffMs(this.attempts++, this.options.random);
    if (this.wanted) this.timer.set(wait, () => void this.attempt(() => this.options.token()));
  }

  private drop(): void {
    this.turn += 1;
    this.timer.clear();
    this.socket?.close();
    this.socket = null;
  }

  private set(state: ConnectionState): void {
    if (this.state === state) return;
    this.state = state;
    this.options.changed(state);
  }
}
