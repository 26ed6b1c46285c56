import type { Account, AuditAction, Input, Invite, Output } from '@tertulia/contract';
import type { createInvite, listAudit, listInvites, listUsers, serverInfo } from '@tertulia/contract';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { Participant, PASSWORD, request, type Answer } from './support/participant.js';
import { startRedis } from './support/redis.js';
import { startServer, type Server } from './support/server.js';

let server: Server;
let database: Database;
let db: Client;
let owner: Participant;
let admin: Participant;
let member: Participant;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url });
  db = new Client({ connectionString: database.url });
  await db.connect();
  owner = await Participant.register(server.url, 'Olga');
  [admin, member] = (await Promise.all(['Adán', 'Miguel'].map(person))) as [Participant, Participant];
  await owner.ok('POST', `/api/admin/users/${admin.id}/role`, { role: 'admin' });
});

afterAll(async () => {
  await db.end();
  await server.stop();
  await database.drop();
});

const person = (name: string): Promise<Participant> => Participant.register(server.url, name);
const outcomeOf = ({ status, body }: Answer<unknown>): string => (status === 200 ? 'ok' : (body.error?.code ?? ''));
const anonymously = (method: string, path: string, body?: unknown) => request(server.url, method, path, body);
const act = (by: Participant, path: string, body: object = {}) => by.call('POST', `/api/admin/${path}`, body);
const policy = (registration: string) => owner.ok('POST', '/api/admin/registration', { registration });
const invite = (maxUses: number, days = 1, by = owner) =>
  by.ok<Output<typeof createInvite>>('POST', '/api/admin/invites', { days, maxUses });
const account = async ({ id, email }: Participant): Promise<Account> => {
  const { users } = await owner.ok<Output<typeof listUsers>>('GET', `/api/admin/users?q=${email}`);
  expect(users.map((user) => user.id)).toEqual([id]);
  return users[0]!;
};
const audit = async (query: Partial<Input<typeof listAudit>> = {}): Promise<Output<typeof listAudit>> =>
  owner.ok('GET', `/api/admin/audit?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`);
let counter = 0;
const tryToRegister = (token?: string): Promise<Answer<unknown>> => {
  counter += 1;
  const body = { email: `guest${counter}@example.org`, name: `Guest ${counter}`, password: PASSWORD };
  return anonymously('POST', '/api/auth/register', { ...body, ...(token !== undefined && { invite: token }) });
};

describe('who may do what', () => {
  /** Each command, with a subject who is a member, and how what it did is undone. */
  const commands: Record<string, { call: (subject: Participant) => [string, string, object?]; undo?: string }> = {
    getServerSettings: { call: () => ['GET', '/api/admin/settings'] },
    setRegistration: { call: () => ['POST', '/api/admin/registration', { registration: 'open' }] },
    createInvite: { call: () => ['POST', '/api/admin/invites', { days: 1, maxUses: 1 }] },
    listInvites: { call: () => ['GET', '/api/admin/invites'] },
    revokeInvite: { call: () => ['POST', `/api/admin/invites/${someInvite.id}/revoke`, {}] },
    listUsers: { call: () => ['GET', '/api/admin/users'] },
    listAudit: { call: () => ['GET', '/api/admin/audit'] },
    setRole: { call: ({ id }) => ['POST', `/api/admin/users/${id}/role`, { role: 'member' }] },
    suspendUser: { call: ({ id }) => ['POST', `/api/admin/users/${id}/suspend`, {}], undo: 'restore' },
    restoreUser: { call: ({ id }) => ['POST', `/api/admin/users/${id}/restore`, {}] },
    endUserSessions: { call: ({ id }) => ['POST', `/api/admin/users/${id}/end-sessions`, {}] },
    issueRecoveryLink: { call: ({ id }) => ['POST', `/api/admin/users/${id}/recovery-link`, {}] },
    transferOwnership: { call: ({ id }) => ['POST', `/api/admin/users/${id}/make-owner`, {}] },
  };
  const ownersOnly = ['setRole', 'transferOwnership'];
  let someInvite: Invite;
  let suspended: Participant;

  beforeAll(async () => {
    ({ invite: someInvite } = await invite(1));
    suspended = await person('Susana');
    await owner.ok('POST', `/api/admin/users/${suspended.id}/role`, { role: 'admin' });
    await owner.ok('POST', `/api/admin/users/${suspended.id}/suspend`, {});
  });

  const cells = Object.keys(commands).flatMap((command) =>
    (
      [
        ['nobody', 'unauthenticated'],
        ['a suspended admin', 'session_ended'],
        ['a member', 'not_allowed'],
        ['an admin', ownersOnly.includes(command) ? 'not_allowed' : 'ok'],
        ['the owner', 'ok'],
      ] as const
    ).map(([who, expected]) => [command, who, expected] as const),
  );

  it.each(cells)('%s by %s: %s', async (name, who, expected) => {
    const subject = await person('Sujeto');
    const [method, path, body] = commands[name]!.call(subject) as ['GET' | 'POST', string, object?];
    const by = { 'a suspended admin': suspended, 'a member': member, 'an admin': admin, 'the owner': owner };
    const answer =
      who === 'nobody' ? await anonymously(method, path, body) : await by[who].call<unknown>(method, path, body);
    expect(outcomeOf(answer)).toBe(expected);
    if (name === 'transferOwnership' && expected === 'ok')
      expect(outcomeOf(await act(subject, `users/${owner.id}/make-owner`))).toBe('ok');
  });

  it.each(['role', 'suspend', 'restore', 'end-sessions', 'recovery-link', 'make-owner'])(
    '%s: not on oneself, not on the owner, not on one’s equal',
    async (action) => {
      const other = await person('Otro');
      await owner.ok('POST', `/api/admin/users/${other.id}/role`, { role: 'admin' });
      const body = action === 'role' ? { role: 'member' } : {};
      const on = async (by: Participant, { id }: { id: string }) =>
        outcomeOf(await act(by, `users/${id}/${action}`, body));
      const isOwners = action === 'role' || action === 'make-owner';
      expect(await on(admin, admin)).toBe(isOwners ? 'not_allowed' : 'own_account');
      expect(await on(admin, owner)).toBe(isOwners ? 'not_allowed' : 'owner_protected');
      expect(await on(admin, other)).toBe('not_allowed');
      expect(await on(owner, owner)).toBe('own_account');
      expect(await on(owner, { id: 'nobodyisthishere' })).toBe('person_not_found');
      expect(await on(member, { id: 'nobodyisthishere' })).toBe('not_allowed');
    },
  );

  it('a member learns nothing of who is there: the same bytes for whomever', async () => {
    const answers = await Promise.all(
      [owner.id, admin.id, member.id, 'nobodyisthishere'].map((id) => act(member, `users/${id}/suspend`)),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });
});

describe('registration', () => {
  it('is as it is said to whoever asks', async () => {
    const said = async () => (await anonymously('GET', '/api/server')).body as unknown as Output<typeof serverInfo>;
    await policy('closed');
    expect(await said()).toMatchObject({ registration: 'closed' });
    expect(outcomeOf(await tryToRegister())).toBe('registration_closed');
    expect(outcomeOf(await tryToRegister((await invite(1)).token))).toBe('registration_closed');
    await policy('invite');
    expect((await said()).registration).toBe('invite');
    expect(outcomeOf(await tryToRegister())).toBe('invite_invalid');
    await policy('open');
    expect((await said()).registration).toBe('open');
    expect(outcomeOf(await tryToRegister())).toBe('ok');
  });

  it('by an invitation lets in as many as it is for, of twenty at once', async () => {
    await policy('invite');
    const { token, invite: made } = await invite(5);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryToRegister(token)));
    const outcomes = answers.map(outcomeOf);
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'invite_invalid')).toHaveLength(15);
    const { invites } = await owner.ok<Output<typeof listInvites>>('GET', '/api/admin/invites');
    expect(invites.find(({ id }) => id === made.id)).toMatchObject({ uses: 5, maxUses: 5, state: 'used_up' });
    expect((await audit({ action: 'invite_used' })).entries).toHaveLength(5);
    await policy('open');
  });

  it('an unknown, expired, revoked or used invitation: one answer', async () => {
    await policy('invite');
    const [expired, revoked, used] = await Promise.all([invite(2), invite(2), invite(1)]);
    await db.query(`update invites set expires_at = now() where public_id = $1`, [expired.invite.id]);
    await owner.ok('POST', `/api/admin/invites/${revoked.invite.id}/revoke`, {});
    expect(outcomeOf(await tryToRegister(used.token))).toBe('ok');
    const answers: Answer<unknown>[] = [];
    for (const token of ['x'.repeat(43), expired.token, revoked.token, used.token])
      answers.push(await tryToRegister(token));
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    expect(outcomeOf(answers[0]!)).toBe('invite_invalid');
    await policy('open');
  });

  it('that fails uses nothing up', async () => {
    await policy('invite');
    const { token } = await invite(1);
    const taken = { email: member.email, name: 'x', password: PASSWORD, invite: token };
    expect(outcomeOf(await anonymously('POST', '/api/auth/register', taken))).toBe('email_taken');
    expect(outcomeOf(await tryToRegister(token))).toBe('ok');
    await policy('open');
  });

  it('an invitation is worth nothing once its maker is suspended or no admin any more', async () => {
    await policy('invite');
    const [one, two] = [await newcomer(), await newcomer()];
    for (const { id } of [one, two]) await owner.ok('POST', `/api/admin/users/${id}/role`, { role: 'admin' });
    const tokens = [(await invite(9, 1, one)).token, (await invite(9, 1, two)).token];
    await owner.ok('POST', `/api/admin/users/${one.id}/suspend`, {});
    await owner.ok('POST', `/api/admin/users/${two.id}/role`, { role: 'member' });
    for (const token of tokens) expect(outcomeOf(await tryToRegister(token))).toBe('invite_invalid');
    await policy('open');
  });

  async function newcomer(): Promise<Participant> {
    await policy('open');
    const made = await person('Invitada');
    await policy('invite');
    return made;
  }

  it('the token of an invitation is nowhere but in the answer that made it', async () => {
    const { token } = await invite(1);
    const { invites } = await owner.ok<Output<typeof listInvites>>('GET', '/api/admin/invites');
    expect(JSON.stringify(invites)).not.toContain(token);
    const { rows } = await db.query<{ all: string }>(
      `select coalesce((select string_agg(i::text, '') from invites i), '') || coalesce((select string_agg(a::text, '') from audit_log a), '') as all`,
    );
    expect(rows[0]!.all).not.toContain(token);
    expect(server.logs()).not.toContain(token);
  });

  it('the first account can always be made, and only the first', async () => {
    const empty = await createDatabase();
    const fresh = await startServer({ databaseUrl: empty.url });
    const other = new Client({ connectionString: empty.url });
    await other.connect();
    await other.query(`insert into server_settings (registration) values ('closed')`);
    await other.end();
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        request(fresh.url, 'POST', '/api/auth/register', {
          email: `first${index}@example.org`,
          name: 'First',
          password: PASSWORD,
        }),
      ),
    );
    expect(answers.map(outcomeOf).sort()).toEqual(['ok', ...Array.from({ length: 4 }, () => 'registration_closed')]);
    await fresh.stop();
  });
});

describe('suspension', () => {
  const login = (email: string, password: string) => anonymously('POST', '/api/auth/login', { email, password });

  it('looks like a wrong password, ends every session, and is undone by restoring', async () => {
    const pilar = await person('Pilar');
    const plain = await login(pilar.email, 'not the password');
    await owner.ok('POST', `/api/admin/users/${pilar.id}/suspend`, {});
    const refused = await login(pilar.email, PASSWORD);
    expect([refused.status, refused.body]).toEqual([plain.status, plain.body]);
    expect(outcomeOf(await pilar.call('GET', '/api/me'))).toBe('session_ended');
    const refreshed = await request(server.url, 'POST', '/api/auth/refresh', {}, refreshHeaders(pilar));
    expect(outcomeOf(refreshed)).toBe('session_ended');
    expect((await account(pilar)).suspendedAt).toBeGreaterThan(Date.now() - 60_000);
    await owner.ok('POST', `/api/admin/users/${pilar.id}/restore`, {});
    expect(outcomeOf(await login(pilar.email, PASSWORD))).toBe('ok');
    expect((await account(pilar)).suspendedAt).toBeNull();
  });

  const refreshHeaders = ({ cookie }: Participant) => ({ cookie, 'x-tertulia': '1' });

  it('no log-in that meets it comes through', async () => {
    const pilar = await person('Paz');
    const logins = Array.from({ length: 6 }, () => login(pilar.email, PASSWORD));
    await new Promise((resolve) => setTimeout(resolve, 60));
    await owner.ok('POST', `/api/admin/users/${pilar.id}/suspend`, {});
    const answers = (await Promise.all(logins)) as Answer<{ accessToken?: string }>[];
    for (const { body } of answers.filter(({ status }) => status === 200)) {
      const headers = { authorization: `Bearer ${body.accessToken}` };
      expect(outcomeOf(await request(server.url, 'GET', '/api/me', undefined, headers))).toBe('session_ended');
    }
  });

  it('leaves what was written, and the person in the lists of others', async () => {
    const [ana, bea] = await Promise.all([Participant.join(server.url, 'Ana'), Participant.join(server.url, 'Bea')]);
    const { id } = await ana.direct(bea);
    await bea.send(id, 'esto queda');
    await owner.ok('POST', `/api/admin/users/${bea.id}/suspend`, {});
    const { messages } = await ana.history(id);
    expect(messages.map(({ body }) => body)).toEqual(['esto queda']);
    ana.disconnect();
  });

  it('cuts the sockets on every node within a second', async () => {
    const redis = await startRedis();
    const env = { REDIS_URL: redis.url, SECRET_KEY: 'x'.repeat(40) };
    const shared = await createDatabase();
    const one = await startServer({ databaseUrl: shared.url, env });
    const two = await startServer({ databaseUrl: shared.url, env });
    const chief = await Participant.register(one.url, 'Carmen');
    const guest = await Participant.register(one.url, 'Gil');
    const tabs = await Promise.all([guest.tab(), elsewhere(guest, two)]);
    const started = Date.now();
    await chief.ok('POST', `/api/admin/users/${guest.id}/suspend`, {});
    await vi.waitFor(() => expect(tabs.map(({ socket }) => socket!.connected)).toEqual([false, false]), 5_000);
    expect(Date.now() - started).toBeLessThan(1_000);
    await Promise.all([one.stop(), two.stop()]);
  });

  async function elsewhere({ grant }: Participant, node: Server): Promise<Participant> {
    const tab = await Participant.register(node.url, 'Tab');
    tab.grant = grant;
    await tab.connect();
    return tab;
  }
});

describe('roles', () => {
  it('a change holds from the next act on, with the same token', async () => {
    const novice = await person('Nico');
    await owner.ok('POST', `/api/admin/users/${novice.id}/role`, { role: 'admin' });
    expect(outcomeOf(await novice.call('GET', '/api/admin/audit'))).toBe('ok');
    await owner.ok('POST', `/api/admin/users/${novice.id}/role`, { role: 'member' });
    expect(outcomeOf(await novice.call('GET', '/api/admin/audit'))).toBe('not_allowed');
  });

  it('two hand-overs at once leave one owner', async () => {
    const [left, right] = await Promise.all([person('Lidia'), person('Ramón')]);
    const answers = await Promise.all([left, right].map(({ id }) => act(owner, `users/${id}/make-owner`)));
    expect(answers.map(outcomeOf).sort()).toEqual(['not_allowed', 'ok']);
    const heir = outcomeOf(answers[0]!) === 'ok' ? left : right;
    const { rows } = await db.query(`select public_id from users where role = 'owner'`);
    expect(rows).toEqual([{ public_id: heir.id }]);
    await heir.ok('POST', `/api/admin/users/${owner.id}/make-owner`, {});
    expect((await account(heir)).role).toBe('admin');
  });

  it('an admin who is unmade at this moment either acted before or not at all', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [novice, victim] = await Promise.all([person('Nuria'), person('Vera')]);
      await owner.ok('POST', `/api/admin/users/${novice.id}/role`, { role: 'admin' });
      const [unmade, suspending] = await Promise.all([
        act(owner, `users/${novice.id}/role`, { role: 'member' }),
        act(novice, `users/${victim.id}/suspend`),
      ]);
      expect(outcomeOf(unmade)).toBe('ok');
      const done = outcomeOf(suspending) === 'ok';
      expect((await account(victim)).suspendedAt !== null).toBe(done);
      const { entries } = await audit({ person: novice.id });
      const actions = entries.map(({ action }) => action).filter((action) => action !== 'registered');
      expect(actions).toEqual(done ? ['role_changed', 'suspended', 'role_changed'] : ['role_changed', 'role_changed']);
    }
  });

  it('two who suspend each other: one of them acts', async () => {
    const novice = await person('Nelson');
    await owner.ok('POST', `/api/admin/users/${novice.id}/role`, { role: 'admin' });
    const [down, up] = await Promise.all([
      act(owner, `users/${novice.id}/suspend`),
      act(novice, `users/${owner.id}/suspend`),
    ]);
    expect(outcomeOf(down)).toBe('ok');
    expect(['owner_protected', 'session_ended']).toContain(outcomeOf(up));
  });

  it('nobody who is suspended is handed the server', async () => {
    const ghost = await person('Gala');
    await owner.ok('POST', `/api/admin/users/${ghost.id}/suspend`, {});
    expect(outcomeOf(await act(owner, `users/${ghost.id}/make-owner`))).toBe('person_suspended');
  });
});

describe('the list of people', () => {
  it('is found by name without accents or by the exact e-mail, which is never shown, page by page', async () => {
    const named = await Promise.all(['Zoé Uno', 'Zoe Dos', 'ZOÉ Tres'].map(person));
    const page = (query: string) => admin.ok<Output<typeof listUsers>>('GET', `/api/admin/users?${query}`);
    const first = await page('q=zoe&limit=2');
    expect(first.users.map(({ name }) => name)).toEqual(['Zoe Dos', 'ZOÉ Tres']);
    const second = await page(`q=zoe&limit=2&after=${first.next}`);
    expect(second.users.map(({ name }) => name)).toEqual(['Zoé Uno']);
    expect(second.next).toBeNull();
    const byMail = await page(`q=${named[0]!.email.toUpperCase()}`);
    expect(byMail.users.map(({ id }) => id)).toEqual([named[0]!.id]);
    expect(JSON.stringify(byMail)).not.toContain('@');
    expect((await page('q=%25')).users).toEqual([]);
  });
});

describe('the audit log', () => {
  it('has every act with who, whom and what, and no token', async () => {
    const subject = await person('Diana');
    const path = `users/${subject.id}`;
    await act(owner, `${path}/role`, { role: 'admin' });
    await act(owner, `${path}/role`, { role: 'member' });
    const { token } = await owner.ok<{ token: string }>('POST', `/api/admin/${path}/recovery-link`, {});
    await act(admin, `${path}/end-sessions`);
    await act(admin, `${path}/suspend`);
    await act(admin, `${path}/suspend`);
    await act(admin, `${path}/restore`);
    const { entries } = await audit({ person: subject.id });
    const told = entries.map(({ action, by, person: whom, data }) => [action, by?.name, whom?.name, data]);
    expect(told).toEqual([
      ['restored', 'Adán', 'Diana', {}],
      ['suspended', 'Adán', 'Diana', {}],
      ['sessions_ended', 'Adán', 'Diana', {}],
      ['recovery_issued', 'Olga', 'Diana', {}],
      ['role_changed', 'Olga', 'Diana', { from: 'admin', to: 'member' }],
      ['role_changed', 'Olga', 'Diana', { from: 'member', to: 'admin' }],
      ['registered', 'Diana', 'Diana', {}],
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  it('has what was decided about the server', async () => {
    await policy('closed');
    await policy('closed');
    await policy('open');
    const { invite: made } = await invite(3, 7);
    await act(owner, `invites/${made.id}/revoke`);
    const newest = async (action: AuditAction) => (await audit({ action, limit: 2 })).entries.map(({ data }) => data);
    expect(await newest('registration_set')).toEqual([
      { from: 'closed', to: 'open' },
      { from: 'open', to: 'closed' },
    ]);
    expect((await newest('invite_created'))[0]).toEqual({ invite: made.id, days: 7, maxUses: 3 });
    expect((await newest('invite_revoked'))[0]).toEqual({ invite: made.id });
  });

  it('is read page by page, the newest first, without a gap', async () => {
    const all = await audit({ limit: 100 });
    const ids: number[] = [];
    for (let before: number | null | undefined; before !== null && ids.length < all.entries.length;) {
      const page = await audit({ limit: 7, ...(before !== undefined && { before }) });
      ids.push(...page.entries.map(({ id }) => id));
      before = page.next;
    }
    expect(ids.slice(0, all.entries.length)).toEqual(all.entries.map(({ id }) => id));
    expect(outcomeOf(await owner.call('GET', '/api/admin/audit?person=nobodyisthishere'))).toBe('person_not_found');
  });
});

it('a bad form of any command is refused by name', async () => {
  const codes = await Promise.all(
    [
      act(owner, 'invites', { days: 0, maxUses: 1 }),
      act(owner, 'invites', { days: 91, maxUses: 1 }),
      act(owner, 'invites', { days: 1, maxUses: 1001 }),
      act(owner, 'invites', { days: 1.5, maxUses: 1 }),
      act(owner, `users/${member.id}/role`, { role: 'owner' }),
      act(owner, 'registration', { registration: 'anybody' }),
      act(owner, 'users/short/suspend'),
      owner.call<unknown>('GET', '/api/admin/audit?before=-1'),
    ].map(async (answer) => (await answer).body),
  );
  expect(codes.map(({ error }) => error?.code)).toEqual(codes.map(() => 'invalid_input'));
});
