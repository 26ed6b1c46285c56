import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { Participant } from './support/participant.js';
import { PresenceListener } from './support/presence-listener.js';
import { startServer, type Server } from './support/server.js';

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

async function people(...names: string[]): Promise<PresenceListener[]> {
  const joined = await Promise.all(names.map((name) => Participant.join(server.url, name)));
  return joined.map((participant) => new PresenceListener(participant));
}

/** Whatever the server was about to say before this is said: an answer comes after it. */
async function settle(...listeners: PresenceListener[]): Promise<void> {
  await Promise.all(listeners.map(({ who }) => who.emit('typing:set', { conversation: 'A'.repeat(16) })));
}

describe('typing', () => {
  it('is told to the other of a direct conversation, and not to oneself', async () => {
    const [ana, bea, eva] = (await people('Ana', 'Bea', 'Eva')) as [
      PresenceListener,
      PresenceListener,
      PresenceListener,
    ];
    const { id } = await ana.who.direct(bea.who);
    await ana.typesUntilHeard(id, bea);
    await settle(ana, eva);
    expect([ana.typing, eva.typing]).toEqual([[], []]);
  });

  it('is told to nobody in notes', async () => {
    const [ana] = (await people('Ana')) as [PresenceListener];
    const { id } = await ana.who.direct(ana.who);
    const tab = new PresenceListener(await ana.who.tab());
    expect(await ana.type(id)).toEqual({ ok: true, data: {} });
    await settle(ana, tab);
    expect([...ana.typing, ...tab.typing]).toEqual([]);
  });

  it('is told once, however often it is said within three seconds', async () => {
    const [ana, bea] = (await people('Ana', 'Bea')) as [PresenceListener, PresenceListener];
    const { id } = await ana.who.direct(bea.who);
    // Nothing else is on its way to Bea, or what is volatile could make room for it.
    await settle(bea);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ana.type(id)));
    expect(answers.map(({ ok }) => ok)).toEqual(answers.map(() => true));
    await expect.poll(() => bea.typing.length).toBe(1);
    await sleep(limits.typingEvery);
    expect(bea.typing).toHaveLength(1);
    await ana.type(id);
    await expect.poll(() => bea.typing.length).toBe(2);
  });

  it('reaches every member of a group of 20, and nobody in one of 21', async () => {
    const [ana, bea, ...others] = (await people(...Array.from({ length: 21 }, (_, index) => `P${index}`))) as [
      PresenceListener,
      PresenceListener,
      ...PresenceListener[],
    ];
    const small = await ana.who.group(
      'Veinte',
      [bea, ...others.slice(1)].map(({ who }) => who),
    );
    const large = await ana.who.group(
      'Veintiuno',
      [bea, ...others].map(({ who }) => who),
    );
    expect(await ana.type(large.id)).toEqual({ ok: true, data: {} });
    await ana.typesUntilHeard(small.id, bea, ...others.slice(1));
    await settle(others[0]!);
    expect(others[0]!.typing).toEqual([]);
    expect(new Set(bea.typing.map(({ conversation }) => conversation))).toEqual(new Set([small.id]));
  });

  it('is refused to who is not in the conversation, in the same words as one that does not exist', async () => {
    const [ana, bea, eva] = (await people('Ana', 'Bea', 'Eva')) as [
      PresenceListener,
      PresenceListener,
      PresenceListener,
    ];
    const { id } = await ana.who.direct(bea.who);
    const absent = await eva.type('B'.repeat(16));
    expect(absent).toMatchObject({ ok: false, error: { code: 'conversation_not_found' } });
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await eva.type(id)).toEqual(absent);
    await settle(bea);
    expect(bea.typing).toEqual([]);
  });

  it('is neither heard nor told by who was removed', async () => {
    const [ana, bea, eva] = (await people('Ana', 'Bea', 'Eva')) as [
      PresenceListener,
      PresenceListener,
      PresenceListener,
    ];
    const { id } = await ana.who.group('Tertulia', [bea.who, eva.who]);
    await bea.typesUntilHeard(id, eva);
    const { ver } = await ana.who.ok<{ ver: number }>('POST', `/api/conversations/${id}/remove-member`, {
      op: uuidv7(),
      user: eva.who.id,
    });
    await bea.who.heard(id, ver);
    eva.typing.length = 0;
    await ana.typesUntilHeard(id, bea);
    await settle(eva);
    expect(eva.typing).toEqual([]);
    expect(await eva.type(id)).toMatchObject({ ok: false, error: { code: 'conversation_not_found' } });
    expect(bea.typing.map(({ user }) => user)).not.toContain(eva.who.id);
  });
});

describe('presence', () => {
  it('answers who shares a conversation, and nothing about anybody else', async () => {
    const [ana, bea, eva, sara] = (await people('Ana', 'Bea', 'Eva', 'Sara')) as [
      PresenceListener,
      PresenceListener,
      PresenceListener,
      PresenceListener,
    ];
    await ana.who.direct(bea.who);
    await ana.who.group('Tertulia', [eva.who]);
    expect(await ana.watch(bea.who, eva.who, sara.who)).toEqual(['online', 'online', 'unknown']);
    sara.who.disconnect();
    eva.who.disconnect();
    await ana.sees(eva.who, 'offline');
    expect(ana.of(sara.who)).toEqual(['unknown']);
  });

  it('a new watch replaces the one before', async () => {
    const [ana, bea, eva] = (await people('Ana', 'Bea', 'Eva')) as [
      PresenceListener,
      PresenceListener,
      PresenceListener,
    ];
    await Promise.all([ana.who.direct(bea.who), ana.who.direct(eva.who)]);
    await ana.watch(bea.who);
    expect(await ana.watch(eva.who)).toEqual(['online']);
    bea.who.disconnect();
    eva.who.disconnect();
    await ana.sees(eva.who, 'offline');
    await sleep(500);
    expect(ana.of(bea.who)).toEqual(['online']);
  });

  it('who was removed from the last conversation they shared learns no more', async () => {
    const [ana, bea] = (await people('Ana', 'Bea')) as [PresenceListener, PresenceListener];
    const { id } = await ana.who.group('Tertulia', [bea.who]);
    expect(await bea.watch(ana.who)).toEqual(['online']);
    await ana.who.ok('POST', `/api/conversations/${id}/remove-member`, { op: uuidv7(), user: bea.who.id });
    expect(await bea.watch(ana.who)).toEqual(['unknown']);
  });

  it('a second tab closing changes nothing; the last one does', async () => {
    const [ana, bea] = (await people('Ana', 'Bea')) as [PresenceListener, PresenceListener];
    await ana.who.direct(bea.who);
    const tab = await bea.who.tab();
    await ana.watch(bea.who);
    tab.disconnect();
    await sleep(7_000);
    expect(ana.of(bea.who)).toEqual(['online']);
    bea.who.disconnect();
    await ana.sees(bea.who, 'offline');
    await bea.who.connect();
    await ana.sees(bea.who, 'online');
    expect(ana.of(bea.who)).toEqual(['online', 'offline', 'online']);
  });

  it('a reload is no absence', async () => {
    const [ana, bea] = (await people('Ana', 'Bea')) as [PresenceListener, PresenceListener];
    await ana.who.direct(bea.who);
    await ana.watch(bea.who);
    for (let reload = 0; reload < 3; reload += 1) {
      bea.who.disconnect();
      await sleep(1_000);
      await bea.who.connect();
    }
    await sleep(6_000);
    expect(ana.of(bea.who)).toEqual(['online']);
  });

  it('refuses more people than one may watch', async () => {
    const [ana] = (await people('Ana')) as [PresenceListener];
    const users = Array.from({ length: limits.presenceUsers + 1 }, (_, n) => String(n).padStart(16, 'A'));
    expect(await ana.who.emit('presence:watch', { users })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    });
  });
});
