import type { Ack, Change, Message } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { granted, Participant } from './support/participant.js';
import { startServer, type Server } from './support/server.js';

type Place = { seq: number; ver: number };

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

async function pair(): Promise<{ ana: Participant; bea: Participant; id: string }> {
  const [ana, bea] = await people('Ana', 'Bea');
  return { ana: ana!, bea: bea!, id: (await ana!.direct(bea!)).id };
}

const codeOf = (ack: Ack<unknown>): string => (ack.ok ? 'ok' : ack.error.code);

const edit = (who: Participant, conversation: string, { seq, ver }: Place, body: string, op: string = uuidv7()) =>
  who.emit<{ ver: number }>('message:edit', { conversation, op, seq, base: ver, body });
const remove = (who: Participant, conversation: string, seq: number, op: string = uuidv7()) =>
  who.emit<{ ver: number }>('message:delete', { conversation, op, seq });
const cancel = (who: Participant, conversation: string, id: string) =>
  who.emit<Place>('message:cancel', { conversation, id });

async function messageAt(reader: Participant, conversation: string, seq: number): Promise<Message> {
  const { messages } = await reader.history(conversation, `?around=${seq}`);
  const found = messages.find((message) => message.seq === seq);
  expect(found).toBeDefined();
  return found!;
}

/** By docs/realtime-protocol.md: every number from 1 to the last, once. */
function expectNoHole(messages: readonly { seq: number }[], changes: readonly Change[]): void {
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  expect(changes.map(({ ver }) => ver)).toEqual(changes.map((_, index) => index + 1));
}

describe('editing', () => {
  it('sets the body for everybody, keeps place, id and time, and says when', async () => {
    const { ana, bea, id } = await pair();
    const sent = await ana.send(id, 'ola');
    const { ver } = granted(await edit(ana, id, sent, '  hola  '));
    for (const reader of [ana, bea]) {
      const change = await reader.heard(id, ver);
      expect(change).toMatchObject({ kind: 'message:changed', message: { seq: 1, ver, body: 'hola', at: sent.at } });
    }
    const message = await messageAt(bea, id, 1);
    expect(message.editedAt).toBeGreaterThanOrEqual(sent.at);
    expect((await bea.list()).rows[0]).toMatchObject({ unread: 1, preview: { text: 'hola' } });
    const synced = await bea.sync([{ conversation: id, ver: 0, tag: 0 }]);
    expect(synced.conversations[0]!.changes.map(({ kind }) => kind)).toEqual(['message:created', 'message:changed']);
  });

  it('over HTTP does the same as over the socket', async () => {
    const { ana, bea, id } = await pair();
    const { seq, ver: base } = await ana.send(id, 'uno');
    await ana.ok('POST', `/api/conversations/${id}/edit-message`, { op: uuidv7(), seq, base, body: 'dos' });
    expect((await messageAt(bea, id, seq)).body).toBe('dos');
    await ana.ok('POST', `/api/conversations/${id}/delete-message`, { op: uuidv7(), seq });
    expect(await messageAt(bea, id, seq)).toMatchObject({ body: '', deleted: true });
    const unsent = uuidv7();
    const place = await ana.ok<Place>('POST', `/api/conversations/${id}/cancel-message`, { id: unsent });
    expect(await messageAt(bea, id, place.seq)).toMatchObject({ id: unsent, deleted: true, cancelled: true });
  });

  it('is refused when it is based on an older state, with the ver to look at', async () => {
    const { ana, bea, id } = await pair();
    const sent = await ana.send(id, 'uno');
    const { ver } = granted(await edit(ana, id, sent, 'dos'));
    expect(await edit(ana, id, sent, 'tres')).toMatchObject({ ok: false, error: { code: 'stale', data: { ver } } });
    granted(await edit(ana, id, { seq: 1, ver }, 'tres'));
    expect((await messageAt(bea, id, 1)).body).toBe('tres');
  });

  it('repeated under the same op has no second effect, even over a newer edit', async () => {
    const { ana, bea, id } = await pair();
    const sent = await ana.send(id, 'uno');
    const op = uuidv7();
    const first = granted(await edit(ana, id, sent, 'dos', op));
    granted(await edit(ana, id, { seq: 1, ver: first.ver }, 'tres'));
    expect(granted(await edit(ana, id, sent, 'dos', op))).toEqual(first);
    expect((await messageAt(bea, id, 1)).body).toBe('tres');
  });

  it('takes what a message takes, and no more', async () => {
    const { ana, id } = await pair();
    const sent = await ana.send(id, 'uno');
    expect(codeOf(await edit(ana, id, sent, ' \n '))).toBe('message_empty');
    expect(codeOf(await edit(ana, id, sent, 'x'.repeat(16_385)))).toBe('message_too_long');
    expect(codeOf(await edit(ana, id, sent, 'a\u0000b'))).toBe('invalid_input');
    expect((await messageAt(ana, id, 1)).body).toBe('uno');
  });
});

describe('deleting', () => {
  it('leaves place and id and nothing else: no body anywhere, no unread, no preview', async () => {
    const { ana, bea, id } = await pair();
    const first = await ana.send(id, 'queda');
    const op = uuidv7();
    const sent = await ana.send(id, 'se va', op);
    const before = (await bea.list()).rows[0]!;
    const { ver } = granted(await remove(ana, id, sent.seq));
    await bea.heard(id, ver);
    const message = await messageAt(bea, id, sent.seq);
    expect(message).toEqual({ seq: 2, ver, id: op, sender: ana.id, body: '', at: sent.at, deleted: true });
    expect((await bea.list()).rows[0]).toMatchObject({
      at: before.at,
      unread: 1,
      preview: { seq: first.seq, text: 'queda' },
    });
    const told = JSON.stringify(await bea.sync([{ conversation: id, ver: 0, tag: 0 }]));
    expect(told).toContain('queda');
    expect(told).not.toContain('se va');
  });

  it('is final: no edit, and deleting again answers the same ver', async () => {
    const { ana, id } = await pair();
    const sent = await ana.send(id, 'uno');
    const deleted = granted(await remove(ana, id, sent.seq));
    expect(granted(await remove(ana, id, sent.seq))).toEqual(deleted);
    expect(codeOf(await edit(ana, id, { seq: 1, ver: deleted.ver }, 'dos'))).toBe('message_deleted');
    expect((await ana.conversation(id)).row.ver).toBe(deleted.ver);
  });

  it('stays deleted when the send comes again: its id answers its place', async () => {
    const { ana, bea, id } = await pair();
    const op = uuidv7();
    const sent = await ana.send(id, 'uno', op);
    granted(await remove(ana, id, sent.seq));
    expect(await ana.send(id, 'uno', op)).toMatchObject({ seq: sent.seq });
    const { messages } = await bea.history(id);
    expect(messages.map(({ body, deleted }) => [body, deleted])).toEqual([['', true]]);
  });
});

describe('who may not', () => {
  it('others: not the peer, not the owner of the server; nobody a system message', async () => {
    const owner = await Participant.join(server.url, 'Olga');
    const [ana, bea] = await people('Ana', 'Bea');
    const { id } = await ana!.group('Coro', [bea!, owner]);
    const sent = await ana!.send(id, 'mío');
    for (const other of [bea!, owner]) {
      expect(codeOf(await edit(other, id, sent, 'tuyo'))).toBe('not_allowed');
      expect(codeOf(await remove(other, id, sent.seq))).toBe('not_allowed');
    }
    expect(codeOf(await edit(ana!, id, { seq: 1, ver: 4 }, 'otra cosa'))).toBe('not_allowed');
    expect(codeOf(await remove(ana!, id, 1))).toBe('not_allowed');
    expect((await messageAt(bea!, id, sent.seq)).body).toBe('mío');
  });

  it('a stranger learns nothing: not whether the conversation, not whether the message exists', async () => {
    const { ana, id } = await pair();
    const [eva] = await people('Eva');
    const sent = await ana.send(id, 'mío');
    for (const conversation of [id, 'AAAAAAAAAAAAAAAA']) {
      expect(codeOf(await edit(eva!, conversation, sent, 'x'))).toBe('conversation_not_found');
      expect(codeOf(await remove(eva!, conversation, 99))).toBe('conversation_not_found');
      expect(codeOf(await cancel(eva!, conversation, uuidv7()))).toBe('conversation_not_found');
    }
    expect(codeOf(await edit(ana, id, { seq: 99, ver: 1 }, 'x'))).toBe('message_not_found');
    expect(codeOf(await remove(ana, id, 99))).toBe('message_not_found');
    expect((await ana.conversation(id)).row).toMatchObject({ seq: 1, ver: 1 });
  });

  it('who left, except that a repeated command answers as the first time', async () => {
    const [ana, bea] = await people('Ana', 'Bea');
    const { id } = await ana!.group('Coro', [bea!]);
    const sent = await bea!.send(id, 'mío');
    const op = uuidv7();
    const edited = granted(await edit(bea!, id, sent, 'nuestro', op));
    await ana!.ok('POST', `/api/conversations/${id}/remove-member`, { op: uuidv7(), user: bea!.id });
    expect(granted(await edit(bea!, id, sent, 'nuestro', op))).toEqual(edited);
    expect(codeOf(await edit(bea!, id, { seq: sent.seq, ver: edited.ver }, 'vuestro'))).toBe('conversation_not_found');
    expect(codeOf(await remove(bea!, id, sent.seq))).toBe('conversation_not_found');
    expect(codeOf(await cancel(bea!, id, uuidv7()))).toBe('conversation_not_found');
    expect((await messageAt(ana!, id, sent.seq)).body).toBe('nuestro');
  });

  it('what cannot be read is refused by name', async () => {
    const { ana, id } = await pair();
    await ana.send(id, 'uno');
    const ask = { conversation: id, op: uuidv7(), seq: 1 };
    expect(codeOf(await ana.emit('message:edit', { ...ask, body: 'sin base' }))).toBe('invalid_input');
    expect(codeOf(await ana.emit('message:delete', { ...ask, seq: '1' }))).toBe('invalid_input');
    expect(codeOf(await ana.emit('message:delete', { ...ask, seq: 2 ** 31 }))).toBe('invalid_input');
    expect(codeOf(await ana.emit('message:cancel', { conversation: id, id: 'x' }))).toBe('invalid_input');
  });
});

describe('cancelling', () => {
  it('of what was stored deletes it; again it answers the same', async () => {
    const { ana, bea, id } = await pair();
    const op = uuidv7();
    const sent = await ana.send(id, 'ay', op);
    const place = granted(await cancel(ana, id, op));
    expect(place.seq).toBe(sent.seq);
    expect(granted(await cancel(ana, id, op))).toEqual(place);
    expect(await messageAt(bea, id, sent.seq)).toMatchObject({ body: '', deleted: true });
    expect((await messageAt(bea, id, sent.seq)).cancelled).toBeUndefined();
  });

  it('of what was not reserves its id: the send that comes late never appears, and nobody wrote anything', async () => {
    const { ana, bea, id } = await pair();
    await bea.send(id, 'sin leer');
    const [own, others] = [(await ana.list()).rows[0]!, (await bea.list()).rows[0]!];
    const op = uuidv7();
    const place = granted(await cancel(ana, id, op));
    expect(place).toMatchObject({ seq: 2 });
    expect(await ana.send(id, 'tarde', op)).toMatchObject({ seq: 2, ver: place.ver });
    expect(await bea.heard(id, place.ver)).toMatchObject({
      kind: 'message:created',
      message: { seq: 2, body: '', deleted: true, cancelled: true },
    });
    const { seq, ver } = place;
    for (const [reader, before] of [
      [ana, own],
      [bea, others],
    ] as const) {
      const { row } = await reader.conversation(id);
      expect(row).toEqual({ ...before, seq, ver, tag: row.tag });
    }
    const { messages } = await bea.history(id);
    expectNoHole(messages, (await bea.sync([{ conversation: id, ver: 0, tag: 0 }])).conversations[0]!.changes);
    expect(messages.map(({ at }) => at)).toEqual(messages.map(({ at }) => at).sort((a, b) => a - b));
  });
});

describe('at the same moment', () => {
  it('of several edits over one state exactly one holds; the others are told what it made', async () => {
    const { ana, bea, id } = await pair();
    const tab = await ana.tab();
    const sent = await ana.send(id, 'uno');
    const acks = await Promise.all(
      Array.from({ length: 8 }, (_, index) => edit(index % 2 ? tab : ana, id, sent, `versión ${index}`)),
    );
    const winner = acks.findIndex(({ ok }) => ok);
    expect(acks.filter(({ ok }) => ok)).toHaveLength(1);
    const { ver } = granted(acks[winner]!);
    for (const ack of acks) if (!ack.ok) expect(ack.error).toMatchObject({ code: 'stale', data: { ver } });
    expect(await messageAt(bea, id, 1)).toMatchObject({ body: `versión ${winner}`, ver });
  });

  it('an edit and a deletion: deleted in the end, whichever came first', async () => {
    const { ana, bea, id } = await pair();
    const tab = await ana.tab();
    for (let round = 0; round < 20; round += 1) {
      const sent = await ana.send(id, `ronda ${round}`);
      const editing = () => edit(ana, id, sent, 'cambiada');
      const deleting = () => remove(tab, id, sent.seq);
      const [one, two] = await Promise.all(round % 2 ? [editing(), deleting()] : [deleting(), editing()]);
      const [edited, deleted] = round % 2 ? [one, two] : [two, one];
      granted(deleted);
      expect(['ok', 'message_deleted']).toContain(codeOf(edited));
    }
    const { messages } = await bea.history(id);
    expect(messages.map(({ body, deleted }) => body === '' && deleted === true)).toEqual(Array(20).fill(true));
    const { row } = await bea.conversation(id);
    await bea.heard(id, row.ver);
    expectNoHole(messages, bea.known(id));
  });

  it('a deletion while the send is being repeated: one message, deleted', async () => {
    const { ana, bea, id } = await pair();
    const op = uuidv7();
    const sent = await ana.send(id, 'una', op);
    const again = Array.from({ length: 8 }, () => ana.send(id, 'una', op));
    const deletion = remove(ana, id, sent.seq);
    const more = Array.from({ length: 8 }, () => ana.send(id, 'una', op));
    granted(await deletion);
    for (const { seq } of await Promise.all([...again, ...more])) expect(seq).toBe(sent.seq);
    expect((await bea.history(id)).messages).toMatchObject([{ seq: 1, body: '', deleted: true }]);
  });

  it('a send and its cancel, in both orders and from two devices: it never stays, and both are told one place', async () => {
    const { ana, bea, id } = await pair();
    const tab = await ana.tab();
    for (let round = 0; round < 30; round += 1) {
      const op = uuidv7();
      const sending = () => ana.emit<Place>('message:send', { conversation: id, id: op, body: `ronda ${round}` });
      const cancelling = () => cancel(tab, id, op);
      const acks = await Promise.all(round % 2 ? [sending(), cancelling()] : [cancelling(), sending()]);
      expect(new Set(acks.map((ack) => granted(ack).seq))).toEqual(new Set([round + 1]));
    }
    const { messages } = await bea.history(id);
    expect(messages).toHaveLength(30);
    for (const { body, deleted } of messages) expect({ body, deleted }).toEqual({ body: '', deleted: true });
    const { row } = await bea.conversation(id);
    expect(row).toMatchObject({ unread: 0, preview: null });
    await bea.heard(id, row.ver);
    expectNoHole(messages, bea.known(id));
  });

  it('everything at once: numbers without holes, and everybody hears the state that is stored', async () => {
    const [ana, bea, carla] = await people('Ana', 'Bea', 'Carla');
    const { id } = await ana!.group('Feria', [bea!, carla!]);
    const start = (await carla!.conversation(id)).row.ver;
    await Promise.all(
      [ana!, bea!].map(async (writer) => {
        for (let index = 0; index < 15; index += 1) {
          const sent = await writer.send(id, `${writer.name} ${index}`);
          const next = index % 3 === 0 ? edit(writer, id, sent, 'cambiada') : remove(writer, id, sent.seq);
          await Promise.all([next, cancel(writer, id, uuidv7())]);
        }
      }),
    );
    const { row } = await carla!.conversation(id);
    await carla!.heard(id, row.ver);
    const { messages } = await carla!.history(id, '?limit=100');
    const heard = carla!.known(id);
    expect(heard.map(({ ver }) => ver)).toEqual(
      Array.from({ length: row.ver - heard[0]!.ver + 1 }, (_, index) => heard[0]!.ver + index),
    );
    expect(heard[0]!.ver).toBeLessThanOrEqual(start + 1);
    const told = new Map<number, Message>();
    for (const change of heard)
      if ('message' in change && change.message.ver >= (told.get(change.message.seq)?.ver ?? 0))
        told.set(change.message.seq, change.message);
    expect(messages.filter(({ sender }) => sender !== null).map(({ seq }) => told.get(seq))).toEqual(
      messages.filter(({ sender }) => sender !== null),
    );
  });
});

describe('by the id of a message', () => {
  const find = (who: Participant, conversation: string, id: string) =>
    who.call<Place>('GET', `/api/conversations/${conversation}/own-messages/${id}`);

  it("one finds where one's own stands now, deleted or not, and nothing of others", async () => {
    const { ana, bea, id } = await pair();
    const message = uuidv7();
    await bea.send(id, 'first');
    const sent = await ana.send(id, 'mine', message);
    const edited = granted(await edit(ana, id, sent, 'mine, edited'));
    expect((await find(ana, id, message)).body).toEqual({ seq: sent.seq, ver: edited.ver });
    const { ver } = granted(await remove(ana, id, sent.seq));
    expect((await find(ana, id, message)).body).toEqual({ seq: sent.seq, ver });
    expect((await find(bea, id, message)).body.error?.code).toBe('message_not_found');
    const [caro] = await people('Caro');
    expect((await find(caro!, id, message)).body.error?.code).toBe('conversation_not_found');
  });

  it('one finds nothing in a group after leaving it', async () => {
    const [ana, bea] = await people('Ana', 'Bea');
    const { id } = await ana!.group('Plans', [bea!]);
    const message = uuidv7();
    await bea!.send(id, 'mine', message);
    await bea!.ok('POST', `/api/conversations/${id}/leave`, { op: uuidv7() });
    expect((await find(bea!, id, message)).body.error?.code).toBe('conversation_not_found');
  });
});

describe('a number of another epoch', () => {
  it('changes nothing, by socket and by HTTP; one of this epoch does', async () => {
    const { ana, id } = await pair();
    const sent = await ana.send(id, 'as it was');
    const { epoch } = await ana.list();
    const old = { op: uuidv7(), seq: sent.seq, epoch: '019ab000-0000-7000-8000-000000000000' };
    const words = { base: sent.ver, body: 'changed' };
    const http = (what: string, body: object) =>
      ana.call<object>('POST', `/api/conversations/${id}/${what}-message`, body);
    expect(codeOf(await ana.emit('message:edit', { conversation: id, ...old, ...words }))).toBe('epoch_changed');
    expect((await http('edit', { ...old, ...words })).body.error?.code).toBe('epoch_changed');
    expect((await http('delete', old)).body.error?.code).toBe('epoch_changed');
    expect(await messageAt(ana, id, sent.seq)).toMatchObject({ body: 'as it was', ver: sent.ver });
    expect((await http('edit', { ...old, ...words, epoch })).status).toBe(200);
    expect(await messageAt(ana, id, sent.seq)).toMatchObject({ body: 'changed' });
  });
});
