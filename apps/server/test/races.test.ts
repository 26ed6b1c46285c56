import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Output, sendMessage } from '@tertulia/contract';
import { createDatabase, type Database } from './support/database.js';
import { granted, Participant, PASSWORD, request } from './support/participant.js';
import { startServer, type Server } from './support/server.js';

type Sent = Output<typeof sendMessage>;

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

const people = (...names: string[]): Promise<Participant[]> =>
  Promise.all(names.map((name) => Participant.join(server.url, name)));

/** Every change once, without gaps; what was heard live in order. */
function expectOneOrder(listener: Participant, conversation: string, from: number, to: number): void {
  const vers = listener.known(conversation).map(({ ver }) => ver);
  expect(vers).toEqual(Array.from({ length: to - from + 1 }, (_, index) => from + index));
  const live = listener.changes.filter((change) => change.conversation === conversation).map(({ ver }) => ver);
  expect(live).toEqual([...new Set(live)].sort((a, b) => a - b));
}

describe('races', () => {
  it('two first registrations at once make one owner', async () => {
    const fresh = await createDatabase();
    const own = await startServer({ databaseUrl: fresh.url });
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        request<{ user: { role: string } }>(own.url, 'POST', '/api/auth/register', {
          email: `${name}@example.org`,
          name,
          password: PASSWORD,
        }),
      ),
    );
    expect(answers.map(({ body }) => body.user.role).sort()).toEqual(['member', 'member', 'member', 'owner']);
    await own.stop();
  });

  it('one address registered twice at once becomes one account', async () => {
    const email = `twin${Date.now()}@example.org`;
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        request(server.url, 'POST', '/api/auth/register', { email, name, password: PASSWORD }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('both start the direct conversation at once and get the same one', async () => {
    const [ana, bea] = await people('Ana', 'Bea');
    const rows = await Promise.all([
      ...Array.from({ length: 5 }, () => ana!.direct(bea!)),
      ...Array.from({ length: 5 }, () => bea!.direct(ana!)),
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    const first = await ana!.send(rows[0]!.id, 'hola');
    expect(first).toMatchObject({ seq: 1, ver: 1 });
  });

  it('a retry while the first attempt is in flight answers the same seq and stores one message', async () => {
    const [ana, bea] = await people('Ana', 'Bea');
    const { id } = await ana!.direct(bea!);
    const message = { conversation: id, id: uuidv7(), body: 'una vez' };
    const acks = await Promise.all([
      ...Array.from({ length: 8 }, () => ana!.emit<Sent>('message:send', message)),
      ...Array.from({ length: 8 }, () =>
        ana!.call<Sent>('POST', '/api/messages', message).then(({ body }) => ({ ok: true as const, data: body })),
      ),
    ]);
    expect(new Set(acks.map((ack) => JSON.stringify(granted(ack)))).size).toBe(1);
    expect((await bea!.history(id)).messages).toHaveLength(1);
    await bea!.heard(id, 1);
    expectOneOrder(bea!, id, 1, 1);
  });

  it('two tabs and two people sending at once, with duplicates, see one order without holes', async () => {
    const [ana, bea] = await people('Ana', 'Bea');
    const tab = await ana!.tab();
    const { id } = await ana!.direct(bea!);
    const sends: Promise<Sent>[] = [];
    for (let index = 0; index < 30; index += 1) {
      const twice = uuidv7();
      sends.push(ana!.send(id, `a${index}`, twice), tab.send(id, `a${index}`, twice), bea!.send(id, `b${index}`));
    }
    const acks = await Promise.all(sends);
    expect(new Set(acks.map(({ seq }) => seq)).size).toBe(60);
    for (const listener of [ana!, tab, bea!]) {
      await listener.heard(id, 60);
      expectOneOrder(listener, id, 1, 60);
    }
    expect(bea!.bodies(id).filter((body) => body.startsWith('a'))).toEqual(
      Array.from({ length: 30 }, (_, index) => `a${index}`),
    );
    expect(bea!.bodies(id)).toEqual(ana!.bodies(id));
    const page = await bea!.history(id, '?limit=100');
    expect(page.messages.map(({ body }) => body)).toEqual(bea!.bodies(id));
    const times = page.messages.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('a batch over many conversations numbers each without gaps and refuses strangers among the members', async () => {
    const everybody = await people('A', 'B', 'C', 'D', 'E', 'F');
    const [a, ...others] = everybody;
    const groups = await Promise.all(
      others.map((other, index) => a!.group(`g${index}`, others.slice(0, index + 1).concat(other))),
    );
    const start = new Map(
      await Promise.all(groups.map(async ({ id }) => [id, (await a!.conversation(id)).row.seq] as const)),
    );
    const acks = await Promise.all(
      everybody.flatMap((sender) =>
        groups.flatMap(({ id }) =>
          [0, 1].map(() => sender.emit<Sent>('message:send', { conversation: id, id: uuidv7(), body: 'x' })),
        ),
      ),
    );
    const stored = acks.flatMap((ack) => (ack.ok ? [ack.data] : []));
    const refused = acks.flatMap((ack) => (ack.ok ? [] : [ack.error.code]));
    expect(new Set(refused)).toEqual(new Set(['conversation_not_found']));
    for (const { id } of groups) {
      const seqs = stored
        .filter(({ conversation }) => conversation === id)
        .map(({ seq }) => seq)
        .sort((x, y) => x - y);
      expect(seqs).toEqual(seqs.map((_, index) => start.get(id)! + index + 1));
      const { row } = await a!.conversation(id);
      expect(row.seq).toBe(seqs.at(-1));
      expect((await a!.history(id, '?limit=100')).messages.map(({ seq }) => seq)).toEqual(
        Array.from({ length: row.seq }, (_, index) => index + 1),
      );
    }
  });

  it('a member removed while they send: what was acknowledged stands before the removal, nothing reaches them after it', async () => {
    const [ana, bea, carla] = await people('Ana', 'Bea', 'Carla');
    const { id } = await ana!.group('Deprisa', [bea!, carla!]);
    await vi.waitFor(() => expect(bea!.userChanges.length).toBeGreaterThan(0));
    const ids: string[] = [];
    const sends = Array.from({ length: 30 }, (_, index) => {
      ids.push(uuidv7());
      return bea!.emit<Sent>('message:send', { conversation: id, id: ids[index], body: `b${index}` });
    });
    const removal = ana!.ok<{ ver: number }>('POST', `/api/conversations/${id}/remove-member`, {
      op: uuidv7(),
      user: bea!.id,
    });
    const chatter = Array.from({ length: 30 }, (_, index) => ana!.send(id, `a${index}`));
    const acks = await Promise.all(sends);
    const { ver: lastOfRemoval } = await removal;
    const removedAt = lastOfRemoval - 1;
    await Promise.all(chatter);
    const after = await ana!.send(id, 'a solas');
    await carla!.heard(id, after.ver);
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const ack of acks) {
      if (ack.ok) expect(ack.data.ver).toBeLessThan(removedAt);
      else expect(ack.error.code).toBe('conversation_not_found');
    }
    expect(
      Math.max(0, ...bea!.changes.filter(({ conversation }) => conversation === id).map(({ ver }) => ver)),
    ).toBeLessThan(removedAt);
    const stored = acks.findIndex((ack) => ack.ok);
    if (stored >= 0) {
      // Dedupe before refusal: a stored message answers its place even after its sender was removed.
      expect(granted(await bea!.emit<Sent>('message:send', { conversation: id, id: ids[stored], body: 'b' }))).toEqual(
        granted(acks[stored]!),
      );
    }
  });

  it('somebody removed and added again at full speed ends up in the stream', async () => {
    const [ana, bea] = await people('Ana', 'Bea');
    for (let round = 0; round < 15; round += 1) {
      const { id } = await ana!.group(`Puerta giratoria ${round}`, [bea!]);
      await ana!.ok('POST', `/api/conversations/${id}/remove-member`, { op: uuidv7(), user: bea!.id });
      await ana!.ok('POST', `/api/conversations/${id}/add-members`, { op: uuidv7(), users: [bea!.id] });
      await vi.waitFor(() => expect(bea!.userChanges.at(-1)?.row).toMatchObject({ id, me: { joinedVer: 6 } }), 3_000);
      const { ver } = await ana!.send(id, 'dentro');
      await bea!.heard(id, ver);
    }
  });

  it('connecting while others write misses nothing: what was not heard live comes with the sync after ready', async () => {
    const [ana] = await people('Ana');
    const bea = await Participant.register(server.url, 'Bea');
    const { id } = await ana!.group('Sin huecos', [bea]);
    const { ver, tag } = (await bea.conversation(id)).row;
    const writing = (async () => {
      for (let index = 0; index < 60; index += 1) await ana!.send(id, `m${index}`);
    })();
    await new Promise((resolve) => setTimeout(resolve, 60));
    await bea.connect();
    const synced = (await bea.sync([{ conversation: id, ver, tag }])).conversations[0]!;
    await writing;
    const seen = (): number[] =>
      [...new Set([...synced.changes, ...bea.changes].map((change) => change.ver))].sort((a, b) => a - b);
    await vi.waitFor(() => expect(seen()).toEqual(Array.from({ length: 60 }, (_, index) => ver + 1 + index)), 5_000);
  });
});
