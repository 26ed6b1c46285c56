import type { SessionGrant } from '@tertulia/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandError, type SessionState } from '../api.js';
import { Http } from './http.js';
import { Session } from './session.js';

const user = { id: 'ana', name: 'Ana', email: 'ana@example.org', role: 'member' as const };
let tokens = 0;
const grant = (): SessionGrant => ({ accessToken: `token-${(tokens += 1)}`, expiresIn: 100, session: 's', user });

let answer: (path: string, init: RequestInit) => Response;
let seen: { path: string; headers: Record<string, string> }[];
let states: SessionState[];

beforeEach(() => {
  vi.useFakeTimers();
  [seen, states] = [[], []];
  answer = () => Response.json(grant());
});
afterEach(() => vi.useRealTimers());

function sessionOf(hasCookie: () => Promise<boolean> = () => Promise.resolve(true)): Session {
  const fetch = (url: unknown, init: RequestInit = {}) => {
    seen.push({ path: url as string, headers: init.headers as Record<string, string> });
    return Promise.resolve().then(() => answer(url as string, init));
  };
  const http = new Http({ baseUrl: '', fetch: fetch, keepsCookies: false });
  return new Session({
    http,
    withLock: null,
    lockName: 'session',
    hasCookie,
    now: Date.now,
    random: () => 1,
    changed: (state) => states.push(state),
    renewed: () => {},
  });
}

const refuse = (code: string, status = 401) => Response.json({ error: { code, message: '' } }, { status });
const refreshes = () => seen.filter(({ path }) => path === '/api/auth/refresh').length;

describe('the session', () => {
  it('fifty calls with an expired token renew it once', async () => {
    const session = sessionOf();
    await session.restore(undefined);
    let stale = '';
    answer = (path, init) => {
      const { Authorization: token = '' } = init.headers as Record<string, string>;
      stale ||= token;
      return path === '/api/auth/refresh'
        ? Response.json(grant())
        : token === stale
          ? refuse('token_expired')
          : Response.json({ people: [] });
    };
    const calls = Array.from({ length: 50 }, () => session.call('searchPeople', { q: 'x' }));
    expect(await Promise.all(calls)).toHaveLength(50);
    expect(refreshes()).toBe(2);
  });

  it('renews before the token runs out', async () => {
    await sessionOf().restore(undefined);
    await vi.advanceTimersByTimeAsync(79_000);
    expect(refreshes()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(refreshes()).toBe(2);
  });

  it('outside of a browser carries the refresh cookie itself, to the log-in routes alone', async () => {
    const session = sessionOf();
    answer = () => Response.json(grant(), { headers: [['set-cookie', 'refresh=abc; Path=/api/auth; HttpOnly']] });
    await session.restore(undefined);
    await session.call('searchPeople', { q: 'x' });
    await vi.advanceTimersByTimeAsync(81_000);
    expect(seen.map(({ headers }) => headers['cookie'])).toEqual([undefined, undefined, 'refresh=abc']);
    expect(seen.every(({ headers }) => headers['X-Tertulia'] === '1')).toBe(true);
  });

  it('a server that is down ends no session: who was here stays in, and the renewal goes on', async () => {
    const session = sessionOf();
    answer = () => {
      throw new TypeError('fetch failed');
    };
    expect(await session.restore(user)).toEqual({ status: 'signed-in', user });
    await expect(session.call('searchPeople', { q: 'x' })).rejects.toMatchObject({ code: 'offline' });
    answer = () => new Response('<html>Bad gateway', { status: 502 });
    await vi.advanceTimersByTimeAsync(60_000);
    answer = () => Response.json(grant());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual([{ status: 'signed-in', user }]);
    await expect(session.token()).resolves.toMatch(/^token-/);
  });

  it('without a cookie nobody is in, and nobody is told that a session ended', async () => {
    answer = () => refuse('unauthenticated');
    expect(await sessionOf().restore(undefined)).toEqual({ status: 'signed-out' });
  });

  it('where there is no cookie nothing is refreshed', async () => {
    expect(await sessionOf(() => Promise.resolve(false)).restore(undefined)).toEqual({ status: 'signed-out' });
    expect(refreshes()).toBe(0);
  });

  it('whoever is known here is refreshed without asking first, and so is anybody of whom the server says nothing', async () => {
    const noAnswer = () => Promise.reject(new CommandError('offline', ''));
    expect(await sessionOf(noAnswer).restore(undefined)).toMatchObject({ status: 'signed-in' });
    expect(await sessionOf(() => Promise.resolve(false)).restore(user)).toMatchObject({ status: 'signed-in' });
    await vi.advanceTimersByTimeAsync(1);
    expect(refreshes()).toBe(2);
  });

  it('a session that the server ended is over, with the reason', async () => {
    const session = sessionOf();
    await session.restore(undefined);
    answer = () => refuse('session_ended');
    await expect(session.call('searchPeople', { q: 'x' })).rejects.toBeInstanceOf(CommandError);
    expect(session.state).toEqual({ status: 'signed-out', reason: 'session_ended' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(refreshes()).toBe(1);
  });

  it('an answer that comes after the log-out signs nobody in', async () => {
    const session = sessionOf();
    const restoring = session.restore(undefined);
    session.end();
    await restoring;
    expect(session.state.status).toBe('signed-out');
  });
});
