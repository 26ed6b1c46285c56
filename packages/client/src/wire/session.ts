import type { Me, SessionGrant } from '@tertulia/contract';
import { CommandError, type SessionState } from '../api.js';
import type { WithLock } from '../ports.js';
import { backoffMs, Timer } from './backoff.js';
import type { Http } from './http.js';
import type { Call } from './routes.js';

const RENEW_AT = 0.8;

export interface SessionOptions {
  http: Http;
  withLock: WithLock | null;
  lockName: string;
  /** Asked before a refresh for somebody who is not known here; false: there is nothing to refresh with. */
  hasCookie: () => Promise<boolean>;
  now: () => number;
  random: () => number;
  changed: (state: SessionState) => void;
  /** A new access token of the same user: the open socket must learn it. */
  renewed: (token: string) => void;
}

/** The access token, in memory only, and its renewal by the refresh cookie. */
export class Session {
  state: SessionState = { status: 'restoring' };
  /** While one logs out by one's own wish: the server may cut the socket before it answers. */
  leaving = false;
  private grant: { token: string; renewAt: number; expiresAt: number } | null = null;
  private refreshing: Promise<string> | null = null;
  private attempts = 0;
  /** Raised by every log-in, log-out and end: an answer that began before it is not for us any more. */
  private generation = 0;
  private readonly timer = new Timer();

  constructor(private readonly options: SessionOptions) {}

  /**
   * Resumes by the cookie. `known` is who was here last: they see what is theirs at once, and without network; the
   * server has the last word when it can be heard.
   */
  async restore(known: Me | undefined): Promise<SessionState> {
    if (known === undefined) return this.restoreUnknown();
    this.set({ status: 'signed-in', user: known });
    void this.refresh().catch(() => {});
    return this.state;
  }

  /** A refresh that can only be refused is not asked for: browsers write every refusal into their console. */
  private async restoreUnknown(): Promise<SessionState> {
    const worthwhile = await this.options.hasCookie().catch(() => true);
    if (worthwhile && this.state.status === 'restoring') await this.refresh().catch(() => {});
    if (this.state.status === 'restoring') this.set({ status: 'signed-out' });
    return this.state;
  }

  async enter(ask: () => Promise<SessionGrant>): Promise<Me> {
    const grant = await ask();
    this.generation += 1;
    this.refreshing = null;
    this.accept(grant);
    return grant.user;
  }

  /** An authorised call; an expired token is renewed once without the caller noticing. */
  readonly call: Call = async (name, input, signal) => {
    const token = await this.token();
    try {
      return await this.options.http.send(name, input, token, signal);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (error.code === 'session_ended') this.end('session_ended');
      if (error.code !== 'token_expired' && error.code !== 'unauthenticated') throw error;
      return this.options.http.send(name, input, await this.renew(token), signal);
    }
  };

  async token(): Promise<string> {
    if (this.grant !== null && this.options.now() < this.grant.expiresAt) return this.grant.token;
    return this.refresh();
  }

  /** A token other than `stale`. */
  renew(stale: string): Promise<string> {
    return this.grant !== null && this.grant.token !== stale ? Promise.resolve(this.grant.token) : this.refresh();
  }

  /** After a sleep the timer may be late. */
  wake(): void {
    if (this.state.status !== 'signed-in' && !this.timer.running) return;
    if (this.grant === null || this.options.now() >= this.grant.renewAt) void this.refresh().catch(() => {});
  }

  end(reason?: 'session_ended'): void {
    if (this.state.status === 'signed-out') return;
    this.stop();
    this.set(reason === undefined || this.leaving ? { status: 'signed-out' } : { status: 'signed-out', reason });
  }

  stop(): void {
    this.generation += 1;
    this.refreshing = null;
    this.grant = null;
    this.timer.clear();
  }

  private refresh(): Promise<string> {
    this.refreshing ??= this.exchange(this.generation).finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async exchange(generation: number): Promise<string> {
    const { http, withLock, lockName } = this.options;
    const ask = () => http.send('refresh', {});
    try {
      const grant = await (withLock === null ? ask() : withLock(lockName, ask));
      if (generation !== this.generation) throw new CommandError('offline', 'The session changed meanwhile.');
      this.accept(grant);
      return grant.accessToken;
    } catch (error) {
      if (generation === this.generation) this.failed(error);
      throw error;
    }
  }

  private accept(grant: SessionGrant): void {
    const { now } = this.options;
    this.attempts = 0;
    this.grant = {
      token: grant.accessToken,
      renewAt: now() + grant.expiresIn * 1000 * RENEW_AT,
      expiresAt: now() + grant.expiresIn * 1000,
    };
    this.timer.set(grant.expiresIn * 1000 * RENEW_AT, () => void this.refresh().catch(() => {}));
    const held = this.state.status === 'signed-in' ? this.state.user : null;
    const same = held !== null && JSON.stringify(held) === JSON.stringify(grant.user);
    if (!same) this.set({ status: 'signed-in', user: grant.user });
    this.options.renewed(grant.accessToken);
  }

  private failed(error: unknown): void {
    if (!endsSession(error)) {
      this.timer.set(backoffMs(this.attempts++, this.options.random), () => void this.refresh().catch(() => {}));
      return;
    }
    const wasIn =
      this.state.status === 'signed-in' || (error instanceof CommandError && error.code === 'session_ended');
    this.end(wasIn ? 'session_ended' : undefined);
  }

  private set(state: SessionState): void {
    this.state = state;
    this.options.changed(state);
  }
}

/** Only the server's own word ends a session: anything else is weather. */
function endsSession(error: unknown): boolean {
  return error instanceof CommandError && (error.code === 'unauthenticated' || error.code === 'session_ended');
}
