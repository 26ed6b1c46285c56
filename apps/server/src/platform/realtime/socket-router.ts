import type { Ack, Command, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { Logger } from '../logging/logger.js';
import { toAppError } from '../to-app-error.js';
import type { ConnectionListener, ServerSocket } from './socket-server.js';

const MAX_UNANSWERED = 32;
const MAX_STRIKES = 10;
const BURST_SECONDS = 3;

interface Entry {
  command: Command;
  handle(actor: Actor, input: unknown, socket: ServerSocket): Promise<unknown>;
}

/** What one socket has used up. */
interface Standing {
  tokens: number;
  refilledAt: number;
  unanswered: number;
  strikes: number;
}

/**
 * The table of socket events. Every event has a schema, a policy and a handler from one contract definition; global guards
 * and pipes of the framework do not reach sockets, so nothing gets in but through here.
 */
export class SocketRouter implements ConnectionListener {
  private readonly table = new Map<string, Entry>();
  private readonly standings = new WeakMap<ServerSocket, Standing>();

  constructor(
    private readonly logger: Logger,
    private readonly eventsPerSecond: number,
  ) {}

  /** Throws at boot when the command has no event, no policy, or stands here already. */
  on<C extends Command>(
    command: C,
    handle: (actor: Actor, input: Input<C>, socket: ServerSocket) => Promise<Output<C>>,
  ): void {
    if (!command.event) throw new Error(`${command.name} has no socket event`);
    if (command.access !== 'user')
      throw new Error(`${command.name}: a socket event needs the policy 'user', not '${command.access}'`);
    if (this.table.has(command.event)) throw new Error(`${command.event} is routed twice`);
    this.table.set(command.event, { command, handle });
  }

  get events(): readonly string[] {
    return [...this.table.keys()];
  }

  /** Milliseconds since 1970; when it was opened, if it has said nothing yet. */
  lastHeard(socket: ServerSocket): number {
    return this.standings.get(socket)?.refilledAt ?? 0;
  }

  connected(socket: ServerSocket): void {
    this.standings.set(socket, { tokens: this.burst, refilledAt: Date.now(), unanswered: 0, strikes: 0 });
    socket.onAny((event: unknown, ...args: unknown[]) => void this.receive(socket, event, args));
  }

  disconnected(): void {
    // The standing goes with the socket.
  }

  private async receive(socket: ServerSocket, event: unknown, args: unknown[]): Promise<void> {
    const last = args.at(-1);
    const answer = typeof last === 'function' ? (last as (ack: Ack<unknown>) => void) : () => undefined;
    const standing = this.standings.get(socket);
    if (!standing) return;
    standing.unanswered += 1;
    try {
      const data = await this.dispatch(socket, standing, event, args[0]);
      answer({ ok: true, data });
    } catch (error) {
      const refusal = toAppError(error, this.logger);
      answer({ ok: false, error: refusal.toWire() });
      if (refusal.code === 'unknown_event' || refusal.code === 'invalid_input') this.strike(socket, standing);
    } finally {
      standing.unanswered -= 1;
    }
  }

  private async dispatch(socket: ServerSocket, standing: Standing, event: unknown, data: unknown): Promise<unknown> {
    const wait = this.takeToken(standing);
    if (wait > 0 || standing.unanswered > MAX_UNANSWERED)
      throw new AppError('rate_limited', { retryAfter: Math.max(wait, 0.2) });
    const entry = typeof event === 'string' ? this.table.get(event) : undefined;
    if (!entry) throw new AppError('unknown_event');
    return entry.handle(socket.data.actor, entry.command.input.parse(data), socket);
  }

  private get burst(): number {
    return this.eventsPerSecond * BURST_SECONDS;
  }

  /** Seconds to wait, 0 when the event may pass. */
  private takeToken(standing: Standing): number {
    const now = Date.now();
    standing.tokens = Math.min(
      this.burst,
      standing.tokens + ((now - standing.refilledAt) / 1000) * this.eventsPerSecond,
    );
    standing.refilledAt = now;
    if (standing.tokens < 1) return (1 - standing.tokens) / this.eventsPerSecond;
    standing.tokens -= 1;
    return 0;
  }

  private strike(socket: ServerSocket, standing: Standing): void {
    standing.strikes += 1;
    if (standing.strikes >= MAX_STRIKES) socket.disconnect(true);
  }
}
