import type { SessionGrant } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { cookieOf, granted, Participant, PASSWORD, request } from './support/participant.js';
import { startServer, type Server } from './support/server.js';

let server: Server;
let database: Database;
let owner: Participant;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url });
  owner = await Participant.join(server.url, 'Olga');
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

describe('accounts', () => {
  it('makes the first account the owner of the server and the next a member', async () => {
    const next = await Participant.register(server.url, 'Berta');
    expect(owner.grant.user.role).toBe('owner');
    expect(next.grant.user.role).toBe('member');
  });

  it('logs in with the e-mail in any case and gives the session back after a refresh', async () => {
    const login = await request<SessionGrant>(server.url, 'POST', '/api/auth/login', {
      email: owner.email.toUpperCase(),
      password: PASSWORD,
    });
    expect(login.status).toBe(200);
    const refreshed = await request<SessionGrant>(
      server.url,
      'POST',
      '/api/auth/refresh',
      {},
      { cookie: cookieOf(login.headers), 'x-tertulia': '1' },
    );
    expect(refreshed.body.user.email).toBe(owner.email);
    expect(refreshed.body.session).toBe(login.body.session);
  });

  it('says whether a question came with a refresh cookie, and nothing of whether it is good', async () => {
    const returning = async (cookie?: string) => {
      const headers = cookie === undefined ? {} : { cookie };
      return ((await (await fetch(`${server.url}/api/server`, { headers })).json()) as { returning: boolean })
        .returning;
    };
    expect(await returning()).toBe(false);
    expect(await returning(owner.cookie)).toBe(true);
    expect(await returning(`${owner.cookie.split('=')[0] ?? ''}=forged`)).toBe(true);
  });

  it('gives a repeated refresh within 30 s the same successor, and treats an older one as theft', async () => {
    const first = (await Participant.register(server.url, 'Rita')).cookie;
    const refresh = (cookie: string) =>
      request<SessionGrant>(server.url, 'POST', '/api/auth/refresh', {}, { cookie, 'x-tertulia': '1' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(first)));
    expect(new Set(answers.map(({ headers }) => cookieOf(headers))).size).toBe(1);
    const second = cookieOf(answers[0]!.headers);
    const third = cookieOf((await refresh(second)).headers);
    expect((await refresh(first)).body.error?.code).toBe('session_ended');
    expect((await refresh(third)).body.error?.code).toBe('session_ended');
  });

  it('ends a session on logout and cuts its sockets', async () => {
    const leaver = await Participant.join(server.url, 'Luis');
    await request(server.url, 'POST', '/api/auth/logout', {}, { cookie: leaver.cookie, 'x-tertulia': '1' });
    await vi.waitFor(() => expect(leaver.socket?.connected).toBe(false), 1_000);
    expect((await leaver.call('GET', '/api/me')).body.error?.code).toBe('session_ended');
  });

  it('finds people by part of a name without accents or by exact e-mail, which is never shown', async () => {
    const person = await Participant.register(server.url, 'José Ramón Núñez');
    const byName = await owner.ok<{ people: object[] }>('GET', '/api/people?q=ramon%20nu');
    expect(byName.people).toEqual([{ id: person.id, name: person.name }]);
    const byEmail = await owner.ok<{ people: object[] }>('GET', `/api/people?q=${encodeURIComponent(person.email)}`);
    expect(byEmail.people).toEqual([{ id: person.id, name: person.name }]);
    expect((await owner.ok<{ people: object[] }>('GET', `/api/people?q=${person.email.slice(0, -2)}`)).people).toEqual(
      [],
    );
    expect((await owner.ok<{ people: object[] }>('GET', '/api/people?q=%25')).people).toEqual([]);
  });
});

describe('talking', () => {
  it('brings a message to the other person and to the other tabs of the sender, and keeps it', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const tab = await ana.tab();
    const { id } = await ana.direct(bea);
    const sent = await ana.send(id, '  ¿Qué tal? 👩‍👩‍👧 مرحبا 你好\n\n`code`  ');
    for (const listener of [bea, tab, ana]) {
      const change = await listener.heard(id, 1);
      expect(change).toMatchObject({
        kind: 'message:created',
        message: { seq: 1, sender: ana.id, body: '¿Qué tal? 👩‍👩‍👧 مرحبا 你好\n\n`code`', at: sent.at },
      });
    }
    const page = await bea.history(id);
    expect(page.messages).toEqual([expect.objectContaining({ seq: 1, body: '¿Qué tal? 👩‍👩‍👧 مرحبا 你好\n\n`code`' })]);
    expect(page.people).toContainEqual({ id: ana.id, name: 'Ana' });
  });

  it('lets a first message make the direct conversation', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const sent = granted(
      await ana.emit<{ conversation: string }>('message:send', { to: bea.id, id: uuidv7(), body: 'hola' }),
    );
    await bea.heard(sent.conversation, 1);
    expect((await bea.list()).rows[0]).toMatchObject({
      id: sent.conversation,
      unread: 1,
      peer: { id: ana.id, name: 'Ana' },
    });
  });

  it('keeps notes to oneself in a direct conversation of one', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    const { id, memberCount, peer } = await ana.direct(ana);
    await ana.send(id, 'comprar pan');
    expect({ memberCount, peer: peer?.id }).toEqual({ memberCount: 1, peer: ana.id });
    expect((await ana.list()).rows[0]).toMatchObject({ id, unread: 0, preview: { text: 'comprar pan' } });
  });

  it('stores 16 KB and pages through a long history in both directions without a hole', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.direct(bea);
    await ana.send(id, 'á'.repeat(8_192));
    for (let batch = 0; batch < 5; batch += 1) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => ana.send(id, `m${batch * 10 + index}`)));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const newest = await bea.history(id, '?limit=20');
    expect(newest.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 32 + index));
    const older = await bea.history(id, '?limit=20&before=32');
    expect(older).toMatchObject({ hasOlder: true, hasNewer: true });
    expect(older.messages.at(-1)?.seq).toBe(31);
    const around = await bea.history(id, '?limit=10&around=25');
    expect(around.messages.map(({ seq }) => seq)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    const newer = await bea.history(id, '?limit=10&after=45');
    expect(newer).toMatchObject({ hasNewer: false, hasOlder: true });
    expect(newer.messages.map(({ seq }) => seq)).toEqual([46, 47, 48, 49, 50, 51]);
    expect((await bea.history(id, '?around=1&limit=4')).hasOlder).toBe(false);
  });

  it('counts as unread what others wrote after the mark, moves the mark on all devices, and reads by sending', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const tab = await bea.tab();
    const { id } = await ana.direct(bea);
    for (const body of ['uno', 'dos', 'tres']) await ana.send(id, body);
    expect((await bea.list()).rows[0]).toMatchObject({ unread: 3 });
    const mark = granted(await bea.emit('read:mark', { conversation: id, rev: 0, seq: 2 }));
    expect(mark).toMatchObject({ readRev: 0, readSeq: 2, unread: 1 });
    await vi.waitFor(() => expect(tab.userChanges.at(-1)?.row).toMatchObject({ id, unread: 1, me: { readSeq: 2 } }));
    expect(granted(await bea.emit('read:mark', { conversation: id, rev: 0, seq: 1 }))).toMatchObject({ readSeq: 2 });
    await bea.send(id, 'leído');
    expect((await bea.list()).rows[0]).toMatchObject({ unread: 0, me: { readSeq: 4 } });
    expect(granted(await bea.emit('read:mark', { conversation: id, rev: 1, seq: 0 }))).toMatchObject({
      readRev: 1,
      readSeq: 0,
      unread: 3,
    });
  });
});

describe('groups', () => {
  it('are made, renamed, joined and left, and each step stands in the history', async () => {
    const [ana, bea, carla] = await Promise.all(
      ['Ana', 'Bea', 'Carla'].map((name) => Participant.join(server.url, name)),
    );
    const { id } = await ana!.group('Coro', [bea!]);
    await vi.waitFor(() => expect(bea!.userChanges.at(-1)?.row.name).toBe('Coro'));
    await ana!.ok('POST', `/api/conversations/${id}/add-members`, { op: uuidv7(), users: [carla!.id, bea!.id] });
    await ana!.ok('POST', `/api/conversations/${id}/rename`, { op: uuidv7(), name: 'Coro del barrio' });
    await carla!.send(id, 'gracias');
    await bea!.ok('POST', `/api/conversations/${id}/leave`, { op: uuidv7() });
    const page = await carla!.history(id);
    expect(page.messages.map(({ system, body }) => system?.type ?? body)).toEqual([
      'group_created',
      'members_added',
      'group_renamed',
      'gracias',
      'member_left',
    ]);
    expect(page.messages[1]!.system).toEqual({ type: 'members_added', actor: ana!.id, people: [carla!.id] });
    const { row, members } = await carla!.conversation(id);
    expect(row).toMatchObject({ name: 'Coro del barrio', memberCount: 2, unread: 0 });
    expect(members.find(({ person }) => person.id === bea!.id)).toMatchObject({ left: true });
    expect((await bea!.list()).rows.find((other) => other.id === id)).toBeUndefined();
    expect((await bea!.call('GET', `/api/conversations/${id}/messages`)).body.error?.code).toBe(
      'conversation_not_found',
    );
  });

  it('let only the creator and the owner of the server add, remove and rename', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.group('Coro', [bea, owner]);
    const byMember = await bea.call('POST', `/api/conversations/${id}/rename`, { op: uuidv7(), name: 'x' });
    expect(byMember.body.error?.code).toBe('not_allowed');
    await owner.ok('POST', `/api/conversations/${id}/rename`, { op: uuidv7(), name: 'Casa' });
    await owner.ok('POST', `/api/conversations/${id}/remove-member`, { op: uuidv7(), user: bea.id });
    expect(
      (await bea.call('POST', '/api/messages', { conversation: id, id: uuidv7(), body: 'x' })).body.error?.code,
    ).toBe('conversation_not_found');
  });

  it('give the next in line the group when its creator leaves, and close with the last', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.group('Dos', [bea]);
    await ana.ok('POST', `/api/conversations/${id}/leave`, { op: uuidv7() });
    expect((await bea.conversation(id)).row.me.role).toBe('owner');
    await bea.ok('POST', `/api/conversations/${id}/leave`, { op: uuidv7() });
    expect((await bea.list()).rows).toEqual([]);
  });

  it('start anew for somebody who is added again: the whole history, nothing unread from before', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.group('Vuelta', [bea]);
    const joined = (await bea.conversation(id)).row.me.joinedVer;
    await ana.ok('POST', `/api/conversations/${id}/remove-member`, { op: uuidv7(), user: bea.id });
    await ana.send(id, 'entretanto');
    await ana.ok('POST', `/api/conversations/${id}/add-members`, { op: uuidv7(), users: [bea.id] });
    await vi.waitFor(() => expect(bea.userChanges.at(-1)?.row.me.joinedVer).toBeGreaterThan(joined));
    expect(bea.userChanges.at(-1)?.row).toMatchObject({ id, unread: 0, me: { left: false } });
    const { ver } = await ana.send(id, 'otra vez juntas');
    await bea.heard(id, ver);
    expect(bea.bodies(id)).not.toContain('entretanto');
    expect((await bea.history(id)).messages.map(({ body }) => body)).toContain('entretanto');
  });

  it('repeat a command with the same op id without a second effect', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const op = uuidv7();
    const [one, two] = await Promise.all([ana.group('Una', [bea], op), ana.group('Una', [bea], op)]);
    expect(two.id).toBe(one.id);
    const rename = { op: uuidv7(), name: 'Otra' };
    const first = await ana.ok<{ ver: number }>('POST', `/api/conversations/${one.id}/rename`, rename);
    expect(await ana.ok('POST', `/api/conversations/${one.id}/rename`, rename)).toEqual(first);
    expect((await ana.history(one.id)).messages).toHaveLength(2);
  });
});

describe('coming back', () => {
  it('begins anew for a client that is ahead of the database: an older copy was put back', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    const { uver } = await ana.list();
    expect((await ana.sync([], uver)).reset).toBe(false);
    expect((await ana.sync([], uver + 1_000)).reset).toBe(true);
  });

  it('tells a first tab what concerns the user also when a second one connects at that moment', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    for (let round = 0; round < 15; round += 1) {
      const [tab] = await Promise.all([ana.tab(), ana.group(`g${round}`, [])]);
      await vi.waitFor(() => expect(ana.userChanges.map(({ row }) => row.name)).toContain(`g${round}`), 3_000);
      tab.disconnect();
    }
  });

  it('takes an id in capital letters as the same id', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    const { id } = await ana.direct(ana);
    const op = uuidv7();
    const first = await ana.send(id, 'una', op.toUpperCase());
    expect(await ana.send(id, 'una', op)).toEqual(first);
    expect((await ana.heard(id, 1)) as object).toMatchObject({ message: { id: op } });
  });

  it('pages through the list of conversations without a gap or a double', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    for (let index = 0; index < 7; index += 1) await ana.group(`g${index}`, []);
    const names: (string | null)[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: Awaited<ReturnType<Participant['list']>> = await ana.ok(
        'GET',
        `/api/conversations?limit=3${next ? `&before=${next}` : ''}`,
      );
      names.push(...page.rows.map(({ name }) => name));
      next = page.next;
    }
    expect(names).toEqual(['g6', 'g5', 'g4', 'g3', 'g2', 'g1', 'g0']);
  });

  it('syncs everything since a cursor, and resets a cursor whose tag is not ours', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.group('Lejos', [bea]);
    const { ver, tag } = (await bea.conversation(id)).row;
    const { uver } = await bea.list();
    bea.disconnect();
    await ana.send(id, 'uno');
    await ana.ok('POST', `/api/conversations/${id}/rename`, { op: uuidv7(), name: 'Cerca' });
    const answer = await bea.sync([{ conversation: id, ver, tag }], uver);
    expect(answer.conversations[0]!.changes.map(({ kind }) => kind)).toEqual([
      'message:created',
      'conversation:changed',
      'message:created',
    ]);
    expect(answer.conversations[0]).toMatchObject({ reset: false, more: false });
    const { ver: nextVer, tag: nextTag } = answer.conversations[0]!;
    expect((await bea.sync([{ conversation: id, ver: nextVer, tag: nextTag }], answer.uver)).conversations).toEqual([]);
    // Never given out here: whoever brings it comes from another history, with all that they hold.
    for (const foreign of [
      { ver, tag: tag ^ 1 },
      { ver: ver + 1_000, tag },
    ])
      expect(await bea.sync([{ conversation: id, ...foreign }])).toMatchObject({ reset: true, conversations: [] });
    expect((await bea.sync([{ conversation: id, ver: 0, tag: 0 }])).conversations[0]).toMatchObject({ reset: true });
    expect((await bea.sync([], 0, 'another epoch')).reset).toBe(true);
    expect((await bea.sync([{ conversation: 'AAAAAAAAAAAAAAAA', ver: 1, tag: 1 }])).gone).toEqual(['AAAAAAAAAAAAAAAA']);
  });

  it('tells in bounded answers what is long, with more until the end', async () => {
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.direct(bea);
    for (let index = 0; index < 20; index += 1) await ana.send(id, `${index} ${'x'.repeat(15_000)}`);
    const bodies: string[] = [];
    let cursor = { conversation: id, ver: 0, tag: 0 };
    for (let more = true, rounds = 0; more; rounds += 1) {
      expect(rounds).toBeLessThan(5);
      const [delta] = (await bea.sync([cursor])).conversations;
      bodies.push(
        ...delta!.changes.flatMap((change) =>
          change.kind === 'message:created' ? [change.message.body.split(' ')[0]!] : [],
        ),
      );
      cursor = { conversation: id, ver: delta!.ver, tag: delta!.tag };
      more = delta!.more;
    }
    expect(bodies).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });
});
