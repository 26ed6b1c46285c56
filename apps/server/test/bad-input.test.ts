import { limits, PROTOCOL_VERSION, type WireError } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { io } from 'socket.io-client';
import { createDatabase, type Database } from './support/database.js';
import { Participant, PASSWORD, request } from './support/participant.js';
import { startServer, type Server } from './support/server.js';

let server: Server;
let database: Database;
let ana: Participant;
let bea: Participant;
let stranger: Participant;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url, env: { CORS_ORIGINS: 'http://localhost:4444' } });
  [ana, bea, stranger] = (await Promise.all(
    ['Ana', 'Bea', 'Sara'].map((name) => Participant.join(server.url, name)),
  )) as [Participant, Participant, Participant];
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

const register = (body: object) => request(server.url, 'POST', '/api/auth/register', body);
const codeOf = (answer: { body: { error?: WireError } }): string | undefined => answer.body.error?.code;
const connectError = (auth: object, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve) => {
    const socket = io(server.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth,
      extraHeaders: headers,
    });
    socket.once('connect_error', (error) => resolve((error as { data?: WireError }).data?.code ?? error.message));
    socket.once('connect', () => {
      socket.disconnect();
      resolve('connected');
    });
  });

describe('accounts refuse by name', () => {
  it.each([
    ['a taken address', () => register({ email: ana.email, name: 'x', password: PASSWORD }), 'email_taken', 409],
    [
      'a taken address in other letters',
      () => register({ email: ana.email.toUpperCase(), name: 'x', password: PASSWORD }),
      'email_taken',
      409,
    ],
    [
      'a short password',
      () => register({ email: 'w1@example.org', name: 'x', password: 'corta' }),
      'password_weak',
      422,
    ],
    [
      'a common password',
      () => register({ email: 'w2@example.org', name: 'x', password: 'Password1' }),
      'password_weak',
      422,
    ],
    [
      'the own e-mail as password',
      () => register({ email: 'own-name@example.org', name: 'x', password: 'own-name@example.org' }),
      'password_weak',
      422,
    ],
    ['no e-mail', () => register({ email: 'nobody', name: 'x', password: PASSWORD }), 'invalid_input', 400],
    [
      'an empty name',
      () => register({ email: 'w3@example.org', name: '  ', password: PASSWORD }),
      'invalid_input',
      400,
    ],
    [
      'a field that is not asked for',
      () => register({ email: 'w4@example.org', name: 'x', password: PASSWORD, role: 'owner' }),
      'invalid_input',
      400,
    ],
    [
      'a wrong password',
      () => request(server.url, 'POST', '/api/auth/login', { email: ana.email, password: 'not this one' }),
      'wrong_credentials',
      401,
    ],
    [
      'an unknown e-mail, in the same words',
      () => request(server.url, 'POST', '/api/auth/login', { email: 'nobody@example.org', password: 'x' }),
      'wrong_credentials',
      401,
    ],
    [
      'a refresh without the own header',
      () => request(server.url, 'POST', '/api/auth/refresh', {}, { cookie: ana.cookie }),
      'origin_refused',
      403,
    ],
    [
      'a refresh from a foreign page',
      () =>
        request(
          server.url,
          'POST',
          '/api/auth/refresh',
          {},
          { cookie: ana.cookie, 'x-tertulia': '1', origin: 'https://evil.example' },
        ),
      'origin_refused',
      403,
    ],
    [
      'a forged refresh cookie',
      () => request(server.url, 'POST', '/api/auth/refresh', {}, { cookie: `${ana.cookie}x`, 'x-tertulia': '1' }),
      'unauthenticated',
      401,
    ],
    [
      'a tab from before an upgrade',
      () => request(server.url, 'GET', '/api/server', undefined, { 'x-tertulia': String(PROTOCOL_VERSION - 1) }),
      'outdated_client',
      426,
    ],
    ['no token', () => request(server.url, 'GET', '/api/me'), 'unauthenticated', 401],
    [
      'a token of nobody',
      () => request(server.url, 'GET', '/api/me', undefined, { authorization: 'Bearer x.y.z' }),
      'unauthenticated',
      401,
    ],
    ['an unknown address', () => request(server.url, 'GET', '/api/nothing'), 'route_not_found', 404],
    ['broken JSON', () => request(server.url, 'POST', '/api/auth/login', '{"email":'), 'malformed', 400],
    ['an array for an object', () => request(server.url, 'POST', '/api/auth/login', '[]'), 'malformed', 400],
    [
      'a body of a megabyte',
      () => request(server.url, 'POST', '/api/auth/login', { email: 'x'.repeat(1_000_000), password: '' }),
      'too_large',
      413,
    ],
  ])('%s', async (_, attempt, code, status) => {
    const answer = await attempt();
    expect(codeOf(answer)).toBe(code);
    expect(answer.status).toBe(status);
    expect(answer.body.error?.message).toMatch(/^[A-Z].*\.$/s);
    expect(JSON.stringify(answer.body)).not.toMatch(/stack|node_modules|select |insert /i);
  });

  it('guessing slows down, says for how long, and does not slow others', async () => {
    const victim = await Participant.register(server.url, 'Victima');
    const guess = () => request(server.url, 'POST', '/api/auth/login', { email: victim.email, password: 'guess' });
    for (let index = 0; index < 6; index += 1) await guess();
    const slowed = await guess();
    expect(codeOf(slowed)).toBe('too_many_attempts');
    expect(slowed.body.error?.data?.['retryAfter']).toBeGreaterThan(0);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(
      (await request(server.url, 'POST', '/api/auth/login', { email: bea.email, password: PASSWORD })).status,
    ).toBe(200);
  });
});

describe('messages refuse by name and lose nothing', () => {
  it.each([
    ['an empty message', { body: ' \n\t ' }, 'message_empty'],
    ['a message of one byte too many', { body: 'x'.repeat(limits.messageBytes + 1) }, 'message_too_long'],
    [
      'a message of too many bytes in few characters',
      { body: '😀'.repeat(limits.messageBytes / 4 + 1) },
      'message_too_long',
    ],
    ['NUL', { body: 'a\u0000b' }, 'invalid_input'],
    ['a lone surrogate', { body: 'a\ud800b' }, 'invalid_input'],
    ['a body that is no text', { body: { toString: 'x' } }, 'invalid_input'],
    ['an id that is none', { body: 'x', id: '1' }, 'invalid_input'],
    ['a field that is not asked for', { body: 'x', seq: 1 }, 'invalid_input'],
    ['neither conversation nor person', { body: 'x', conversation: undefined }, 'invalid_input'],
    ['an unknown person', { body: 'x', conversation: undefined, to: 'AAAAAAAAAAAAAAAA' }, 'person_not_found'],
    ['an unknown conversation', { body: 'x', conversation: 'AAAAAAAAAAAAAAAA' }, 'conversation_not_found'],
  ])('%s', async (_, fields, code) => {
    const sender = await Participant.join(server.url, 'Eva');
    const { id } = await sender.direct(bea);
    const ack = await sender.emit('message:send', { conversation: id, id: uuidv7(), ...fields });
    expect(ack).toMatchObject({ ok: false, error: { code } });
    const byHttp = await sender.call('POST', '/api/messages', { conversation: id, id: uuidv7(), ...fields });
    expect(codeOf(byHttp)).toBe(code);
    expect((await sender.history(id)).messages).toEqual([]);
  });

  it('a message of exactly the limit, all of it escaped sixfold by JSON, is taken', async () => {
    const { id } = await ana.direct(bea);
    const body = `x${'\u0001'.repeat(limits.messageBytes - 2)}x`;
    const { seq } = await ana.send(id, body);
    expect((await bea.history(id, `?around=${seq}&limit=1`)).messages.map((message) => message.body)).toEqual([body]);
  });

  it('gives a conversation that is not theirs the same answer as one that does not exist, on every route', async () => {
    const { id } = await ana.group('Privado', [bea]);
    const routes: [string, string, object?][] = [
      ['GET', ''],
      ['GET', '/messages'],
      ['POST', '/read', { rev: 0, seq: 0 }],
      ['POST', '/leave', { op: uuidv7() }],
      ['POST', '/rename', { op: uuidv7(), name: 'x' }],
      ['POST', '/add-members', { op: uuidv7(), users: [stranger.id] }],
      ['POST', '/remove-member', { op: uuidv7(), user: ana.id }],
    ];
    for (const [method, path, body] of routes) {
      const foreign = await stranger.call(method as 'GET', `/api/conversations/${id}${path}`, body);
      const absent = await stranger.call(method as 'GET', `/api/conversations/AAAAAAAAAAAAAAAA${path}`, body);
      expect(foreign.body, path).toEqual(absent.body);
      expect([foreign.status, codeOf(foreign)]).toEqual([404, 'conversation_not_found']);
    }
  });
});

describe('the socket', () => {
  it('refuses without a token, with a forged one, and an old protocol, by name', async () => {
    expect(await connectError({})).toBe('unauthenticated');
    expect(await connectError({ token: 'x.y.z', protocol: PROTOCOL_VERSION })).toBe('unauthenticated');
    expect(await connectError({ token: ana.grant.accessToken, protocol: PROTOCOL_VERSION - 1 })).toBe(
      'outdated_client',
    );
    expect(await connectError({ token: ana.grant.accessToken, protocol: PROTOCOL_VERSION })).toBe('connected');
  });

  it('refuses a page of a foreign origin, and takes one that the operator has listed', async () => {
    const auth = { token: ana.grant.accessToken, protocol: PROTOCOL_VERSION };
    expect(await connectError(auth, { origin: 'https://evil.example' })).not.toBe('connected');
    expect(await connectError(auth, { origin: 'http://localhost:4444' })).toBe('connected');
  });

  it('answers unknown events and malformed input by name, and closes after ten', async () => {
    const visitor = await Participant.join(server.url, 'Visita');
    expect(await visitor.emit('no:such', {})).toMatchObject({ ok: false, error: { code: 'unknown_event' } });
    expect(await visitor.emit('__proto__', {})).toMatchObject({ ok: false, error: { code: 'unknown_event' } });
    for (const data of [null, 1, 'x', [], { conversation: ['a'] }, { conversation: { $ne: 1 } }, undefined]) {
      expect(await visitor.emit('message:send', data)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    }
    visitor.socket!.emit('no:such');
    await vi.waitFor(() => expect(visitor.socket?.connected).toBe(false));
    expect((await request(server.url, 'GET', '/api/server')).status).toBe(200);
  });

  it('closes on a frame above the limit and goes on for everybody else', async () => {
    const visitor = await Participant.join(server.url, 'Visita');
    visitor.socket!.emit('message:send', { body: 'x'.repeat(limits.frameBytes) });
    await vi.waitFor(() => expect(visitor.socket?.connected).toBe(false));
    const { id } = await ana.direct(bea);
    await ana.send(id, 'todo bien');
  });

  it('asks a flood to wait instead of dropping it', async () => {
    const visitor = await Participant.join(server.url, 'Prisa');
    const { id } = await visitor.direct(ana);
    const acks = await Promise.all(
      Array.from({ length: 100 }, () => visitor.emit('message:send', { conversation: id, id: uuidv7(), body: 'x' })),
    );
    const refused = acks.filter((ack) => !ack.ok);
    expect(refused.length).toBeGreaterThan(0);
    for (const ack of refused)
      expect(ack).toMatchObject({
        error: { code: 'rate_limited', data: { retryAfter: expect.any(Number) as number } },
      });
    expect((await visitor.history(id, '?limit=100')).messages).toHaveLength(100 - refused.length);
  });
});
