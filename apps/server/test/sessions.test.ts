import type { Notice, SessionInfo } from '@tertulia/contract';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { cookieOf, Participant, PASSWORD, request, type Answer } from './support/participant.js';
import { query } from './support/query.js';
import { startRedis } from './support/redis.js';
import { startServer, type Server } from './support/server.js';

const OTHER = 'otra contraseña bien larga';
const codeOf = (answer: Answer<unknown>): string | undefined => answer.body.error?.code;

let server: Server;
let database: Database;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url });
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

const sessionsOf = async (who: Participant): Promise<SessionInfo[]> =>
  (await who.ok<{ sessions: SessionInfo[] }>('GET', '/api/sessions')).sessions;
const noticesOf = async (who: Participant): Promise<Notice[]> =>
  (await who.ok<{ notices: Notice[] }>('GET', '/api/me/notices')).notices;
const changePassword = (who: Participant, current = PASSWORD, password = OTHER): Promise<Answer<object>> =>
  who.call('POST', '/api/me/password', { current, password });
const refresh = (cookie: string): Promise<Answer<object>> =>
  request(server.url, 'POST', '/api/auth/refresh', {}, { cookie, 'x-tertulia': '1' });
const isCut = (who: Participant, timeout: number): Promise<void> =>
  vi.waitFor(() => expect(who.socket?.connected).toBe(false), { timeout, interval: 10 });

async function actionsOf(who: Participant): Promise<string[]> {
  const rows = await query<{ action: string }>(
    database.url,
    'select action from audit_log where subject_id = (select id from users where public_id = $1) order by id',
    [who.id],
  );
  return rows.map(({ action }) => action);
}

describe('sessions', () => {
  it('are listed with the device and the address of the log-in, this one first and marked', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    const phone = await ana.logIn({ userAgent: 'Mozilla/5.0 (Android 15; Mobile) Firefox/140.0' });
    const listed = await sessionsOf(ana);
    expect(listed.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
      [ana.grant.session, true],
      [phone.grant.session, false],
    ]);
    expect(listed[1]).toMatchObject({ userAgent: expect.stringContaining('Android') as string });
    expect(listed[1]!.address).toMatch(/127\.0\.0\.1|::1/);
    expect(Math.abs(Date.now() - listed[1]!.lastSeenAt)).toBeLessThan(60_000);
    expect(JSON.stringify(listed)).not.toMatch(/hash|generation/i);
  });

  it('end one by one: the socket is cut, the tokens are good for nothing, the others go on', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    const lost = await ana.logIn();
    await lost.connect();
    await ana.ok('POST', `/api/sessions/${lost.grant.session}/end`, {});
    await isCut(lost, 1_000);
    expect(codeOf(await lost.call('GET', '/api/me'))).toBe('session_ended');
    expect(codeOf(await refresh(lost.cookie))).toBe('session_ended');
    expect((await ana.call('GET', '/api/me')).status).toBe(200);
    expect(ana.socket?.connected).toBe(true);
    expect((await sessionsOf(ana)).map(({ id }) => id)).toEqual([ana.grant.session]);
    expect(await actionsOf(ana)).toEqual(['registered', 'logged_in', 'session_ended']);
  });

  it('that have ended, are of somebody else or never were cannot be ended, in the same words', async () => {
    const [ana, bea] = [await Participant.register(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const gone = await ana.logIn();
    const end = (id: string): Promise<Answer<object>> => ana.call('POST', `/api/sessions/${id}/end`, {});
    expect((await end(gone.grant.session)).status).toBe(200);
    const refusals = await Promise.all([gone.grant.session, bea.grant.session, 'AAAAAAAAAAAAAAAA'].map(end));
    expect(refusals.map(codeOf)).toEqual(['session_not_found', 'session_not_found', 'session_not_found']);
    expect(new Set(refusals.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(bea.socket?.connected).toBe(true);
    expect((await bea.call('GET', '/api/me')).status).toBe(200);
    expect(codeOf(await request(server.url, 'POST', `/api/sessions/${bea.grant.session}/end`, {}))).toBe(
      'unauthenticated',
    );
  });

  it('end all but this one', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    const others = [await ana.logIn(), await ana.logIn(), await ana.logIn()];
    await Promise.all(others.map((other) => other.connect()));
    expect(await ana.ok('POST', '/api/sessions/end-others', {})).toEqual({ ended: 3 });
    await Promise.all(others.map((other) => isCut(other, 1_000)));
    for (const other of others) expect(codeOf(await other.call('GET', '/api/me'))).toBe('session_ended');
    expect(ana.socket?.connected).toBe(true);
    expect((await actionsOf(ana)).at(-1)).toBe('sessions_ended');
  });

  it('are cut within a second on another node, through Redis', async () => {
    const redis = await startRedis();
    const { url } = await createDatabase();
    const env = { SECRET_KEY: 'x'.repeat(40), REDIS_URL: redis.url };
    const nodes = [await startServer({ databaseUrl: url, env }), await startServer({ databaseUrl: url, env })];
    onTestFinished(async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    });
    const ana = await Participant.register(nodes[0]!.url, 'Ana');
    const others = await Promise.all([1, 2, 3].map(() => ana.logIn({ server: nodes[1]!.url })));
    await Promise.all(others.map((other) => other.connect()));
    await ana.ok('POST', `/api/sessions/${others[0]!.grant.session}/end`, {});
    await isCut(others[0]!, 1_000);
    expect(others[1]!.socket?.connected).toBe(true);
    await ana.ok('POST', '/api/me/password', { current: PASSWORD, password: OTHER });
    await Promise.all(others.map((other) => isCut(other, 1_000)));
  });
});

describe('a password', () => {
  it('is changed by whoever knows it: this session goes on, all others are cut, and the old one opens nothing', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    const other = await ana.logIn();
    await other.connect();
    expect((await changePassword(ana)).body).toEqual({});
    await isCut(other, 1_000);
    expect(ana.socket?.connected).toBe(true);
    expect((await ana.call('GET', '/api/me')).status).toBe(200);
    const old = await request(server.url, 'POST', '/api/auth/login', { email: ana.email, password: PASSWORD });
    expect(codeOf(old)).toBe('wrong_credentials');
    const later = await ana.logIn({ password: OTHER });
    expect((await noticesOf(later)).map(({ kind }) => kind)).toContain('password_changed');
    expect((await noticesOf(ana)).map(({ kind }) => kind)).not.toContain('password_changed');
    expect(await actionsOf(ana)).toEqual(['registered', 'logged_in', 'password_changed', 'login_failed', 'logged_in']);
  });

  it('is not changed for a weak one, nor with a wrong current one; guessing slows down, for that session alone', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    const thief = await ana.logIn();
    expect(codeOf(await changePassword(ana, PASSWORD, 'corta'))).toBe('password_weak');
    expect(codeOf(await changePassword(ana, PASSWORD, ana.email))).toBe('password_weak');
    for (let guess = 0; guess < 6; guess += 1)
      expect(codeOf(await changePassword(thief, `guess ${guess}`))).toBe('wrong_password');
    const slowed = await changePassword(thief, PASSWORD);
    expect(codeOf(slowed)).toBe('too_many_attempts');
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await changePassword(ana)).status).toBe(200);
  });

  it('changed at the moment of a log-in with the old one leaves no session behind', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ana = await Participant.register(server.url, 'Ana');
      const credentials = { email: ana.email, password: PASSWORD };
      const attempts = Array.from({ length: 4 }, () => request(server.url, 'POST', '/api/auth/login', credentials));
      const changed = await changePassword(ana);
      const answers = await Promise.all(attempts);
      expect(changed.status).toBe(200);
      for (const { status } of answers) expect([200, 401]).toContain(status);
      expect((await sessionsOf(ana)).map(({ id }) => id)).toEqual([ana.grant.session]);
    }
  });
});

describe('a device', () => {
  it('that is new is told of, on the others, until somebody has read it; not by the new one itself', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    expect(await noticesOf(ana)).toEqual([]);
    const stranger = await ana.logIn({ userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' });
    const [notice] = await noticesOf(ana);
    expect(notice).toMatchObject({ kind: 'new_device', userAgent: expect.stringContaining('Windows') as string });
    expect(await noticesOf(stranger)).toEqual([]);
    const dismiss = (who: Participant): Promise<object> => who.ok('POST', `/api/me/notices/${notice!.id}/dismiss`, {});
    const bea = await Participant.register(server.url, 'Bea');
    await dismiss(stranger);
    await dismiss(bea);
    expect(await noticesOf(ana)).toHaveLength(1);
    await dismiss(ana);
    expect(await noticesOf(ana)).toEqual([]);
  });

  it('that comes back after a log-out is no news', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    expect(ana.device).toMatch(/^tertulia-device=[\w-]{43}$/);
    const headers = { cookie: ana.cookie, 'x-tertulia': '1' };
    await request(server.url, 'POST', '/api/auth/logout', {}, headers);
    const back = await ana.logIn({ device: ana.device });
    expect(back.device).toBe(ana.device);
    const another = await ana.logIn({ device: ana.device });
    expect(await noticesOf(another)).toEqual([]);
    const forged = await ana.logIn({ device: 'tertulia-device=forged' });
    expect(forged.device).not.toContain('forged');
    expect(await noticesOf(another)).toHaveLength(1);
    expect(await actionsOf(ana)).toContain('logged_out');
  });

  it('that is known gets in while strangers are slowed down; and slows down by itself alone', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    const guess = (cookie: string, password = 'guess'): Promise<Answer<object>> =>
      request(server.url, 'POST', '/api/auth/login', { email: ana.email, password }, { cookie });
    for (let index = 0; index < 7; index += 1) await guess('');
    expect(codeOf(await guess('', PASSWORD))).toBe('too_many_attempts');
    const bea = await Participant.register(server.url, 'Bea');
    expect(codeOf(await guess(bea.device, PASSWORD))).toBe('too_many_attempts');
    expect((await guess(ana.device, PASSWORD)).status).toBe(200);
    for (let index = 0; index < 6; index += 1) await guess(ana.device);
    expect(codeOf(await guess(ana.device, PASSWORD))).toBe('too_many_attempts');
  });

  it('has cookies that scripts and other sites cannot read', async () => {
    const account = { email: 'galletas@example.org', name: 'Ana', password: PASSWORD };
    const { headers } = await request(server.url, 'POST', '/api/auth/register', account);
    const cookies = headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['tertulia-device', 'tertulia']);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\/;.*; HttpOnly; SameSite=Strict$/);
      expect(cookie).not.toMatch(/domain/i);
    }
  });
});

it('a refresh token used again after its time ends the session, cuts its sockets and is told and recorded', async () => {
  const ana = await Participant.register(server.url, 'Ana');
  const stolen = await ana.logIn();
  await stolen.connect();
  const second = cookieOf((await refresh(stolen.cookie)).headers);
  expect((await refresh(second)).status).toBe(200);
  expect(codeOf(await refresh(stolen.cookie))).toBe('session_ended');
  await isCut(stolen, 1_000);
  expect((await noticesOf(ana)).map(({ kind }) => kind)).toEqual(['session_reused', 'new_device']);
  expect((await actionsOf(ana)).at(-1)).toBe('refresh_reused');
});

it('the audit log holds no password, token or typed e-mail', async () => {
  const ana = await Participant.register(server.url, 'Ana');
  const slip = { email: 'mi-contraseña-secreta', password: 'x' };
  expect(codeOf(await request(server.url, 'POST', '/api/auth/login', slip))).toBe('wrong_credentials');
  await changePassword(ana);
  const rows = await query(database.url, 'select * from audit_log');
  const text = JSON.stringify(rows);
  for (const secret of [PASSWORD, OTHER, 'secreta', '@example.org', 'argon2', ana.cookie.split('=')[1]!])
    expect(text).not.toContain(secret);
  expect(text).toContain('login_failed');
});

it('what happened stands although the audit log cannot be written, and the log says so', async () => {
  const { url } = await createDatabase();
  const lame = await startServer({ databaseUrl: url });
  onTestFinished(async () => {
    await lame.stop();
  });
  const ana = await Participant.register(lame.url, 'Ana');
  const other = await ana.logIn();
  await query(url, 'alter table audit_log rename to audit_log_away');
  expect((await changePassword(ana)).status).toBe(200);
  expect(codeOf(await other.call('GET', '/api/me'))).toBe('session_ended');
  expect(lame.logs()).toContain('an entry of the audit log was not stored');
  expect(lame.logs()).not.toContain(OTHER);
});
