import { Change, UserChanged, type ConversationRow, type Member, type Message } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { granted, Participant } from './support/participant.js';
import { startServer, type Server } from './support/server.js';

/** A client's picture of one conversation, and the rules of docs/realtime-protocol.md by which events change it. */
interface State {
  row: ConversationRow;
  members: Member[];
  messages: Message[];
}

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

async function fetchState(reader: Participant, id: string): Promise<State> {
  const { row, members } = await reader.conversation(id);
  const { messages } = await reader.history(id, '?limit=100');
  return { row, members: byId(members), messages };
}

const byId = (members: Member[]): Member[] => [...members].sort((a, b) => (a.person.id < b.person.id ? -1 : 1));

function apply(state: State, change: Change, reader: Participant): State {
  expect(change.ver).toBe(state.row.ver + 1);
  const row = { ...state.row, ver: change.ver, tag: change.tag };
  if (change.kind === 'conversation:changed') return { ...state, row: { ...row, name: change.name } };
  if (change.kind === 'member:changed') return withMember({ ...state, row }, change.member);
  if (change.kind === 'message:changed') return withChanged({ ...state, row }, change.message, reader);
  return withMessage({ ...state, row }, change.message, reader);
}

function withMember({ row, members, messages }: State, member: Member): State {
  const next = byId([...members.filter(({ person }) => person.id !== member.person.id), member]);
  return { row: { ...row, memberCount: next.filter(({ left }) => !left).length }, members: next, messages };
}

function withMessage({ row, members, messages }: State, message: Message, reader: Participant): State {
  const { seq, at, sender } = message;
  const own = sender === reader.id && !message.cancelled;
  const next = [...messages, message];
  return {
    row: {
      ...row,
      seq,
      at,
      preview: previewOf(next, members),
      unread: own ? 0 : row.unread + Number(isCounted(message, reader)),
      me: { ...row.me, readSeq: own ? seq : row.me.readSeq },
    },
    members,
    messages: next,
  };
}

function withChanged({ row, members, messages }: State, message: Message, reader: Participant): State {
  const before = messages.find(({ seq }) => seq === message.seq)!;
  const next = messages.map((held) => (held.seq === message.seq ? message : held));
  const wasUnread = message.seq > row.me.readSeq && isCounted(before, reader) && !isCounted(message, reader);
  return {
    row: { ...row, preview: previewOf(next, members), unread: row.unread - Number(wasUnread) },
    members,
    messages: next,
  };
}

const isCounted = ({ sender, deleted }: Message, reader: Participant): boolean =>
  sender !== null && sender !== reader.id && !deleted;

function previewOf(messages: Message[], members: Member[]): ConversationRow['preview'] {
  const last = messages.filter(({ deleted }) => !deleted).at(-1);
  if (!last) return null;
  const { seq, sender, body, system } = last;
  const senderName = members.find(({ person }) => person.id === sender)?.person.name ?? null;
  return { seq, sender, senderName, text: body.slice(0, 200), ...(system && { system }) };
}

/** state + events = refetched state, for everybody who watches; every payload fits the contract to the letter. */
async function verify(watchers: Participant[], id: string, action: () => Promise<unknown>): Promise<void> {
  const before = await Promise.all(watchers.map((watcher) => fetchState(watcher, id)));
  await action();
  for (const [index, watcher] of watchers.entries()) {
    const after = await fetchState(watcher, id);
    await watcher.heard(id, after.row.ver);
    const heard = watcher.known(id).filter(({ ver }) => ver > before[index]!.row.ver);
    for (const change of heard) expect(Change.parse(change)).toEqual(change);
    const told = heard.reduce((state, change) => apply(state, change, watcher), before[index]!);
    // What concerns the watcher alone comes as user:changed: the row as it is.
    const own = watcher.userChanges
      .filter(({ row, uver }) => row.id === id && uver > before[index]!.row.me.uver)
      .at(-1);
    expect({ ...told, row: { ...told.row, me: own?.row.me ?? told.row.me } }).toEqual(after);
  }
}

describe('state + event = refetched state', () => {
  it('for a message, a first message and a long one', async () => {
    const [ana, bea] = await Promise.all(['Ana', 'Bea'].map((name) => Participant.join(server.url, name)));
    const { id } = await ana!.direct(bea!);
    await vi.waitFor(() => expect(bea!.userChanges).toHaveLength(1));
    await verify([ana!, bea!], id, () => ana!.send(id, 'primero'));
    await verify([ana!, bea!], id, () => bea!.send(id, `${'largo '.repeat(100)}fin`));
  });

  it('for an edit, a deletion of the last and of an earlier message, and both ways to cancel', async () => {
    const [ana, bea] = await Promise.all(['Ana', 'Bea'].map((name) => Participant.join(server.url, name)));
    const { id } = await ana!.direct(bea!);
    await vi.waitFor(() => expect(bea!.userChanges).toHaveLength(1));
    const sent = [];
    for (const body of ['uno', 'dos', 'tres', 'cuatro']) sent.push(await ana!.send(id, body));
    await bea!.heard(id, 4);
    const emit = (event: string, data: object) => async () =>
      granted(await ana!.emit(event, { conversation: id, ...data }));
    const { seq, ver: base } = sent[3]!;
    await verify([ana!, bea!], id, emit('message:edit', { op: uuidv7(), seq, base, body: 'cuatro y medio' }));
    await verify([ana!, bea!], id, emit('message:delete', { op: uuidv7(), seq }));
    await verify([ana!, bea!], id, emit('message:delete', { op: uuidv7(), seq: sent[0]!.seq }));
    const stored = uuidv7();
    await verify([ana!, bea!], id, async () => {
      await ana!.send(id, 'me arrepiento', stored);
      await emit('message:cancel', { id: stored })();
    });
    await verify([ana!, bea!], id, emit('message:cancel', { id: uuidv7() }));
    await verify([ana!, bea!], id, () => ana!.send(id, 'sigo'));
  });

  it('for adding, removing, leaving and renaming', async () => {
    const [ana, bea, carla] = await Promise.all(
      ['Ana', 'Bea', 'Carla'].map((name) => Participant.join(server.url, name)),
    );
    const { id } = await ana!.group('Uno', [bea!]);
    await vi.waitFor(() => expect(bea!.userChanges).toHaveLength(1));
    const post = (who: Participant, path: string, body: object) => () =>
      who.ok('POST', `/api/conversations/${id}/${path}`, { op: uuidv7(), ...body });
    await verify([ana!, bea!], id, post(ana!, 'add-members', { users: [carla!.id] }));
    await vi.waitFor(() => expect(carla!.userChanges).toHaveLength(1));
    await verify([ana!, bea!, carla!], id, post(ana!, 'rename', { name: 'Dos' }));
    await verify([ana!, carla!], id, post(ana!, 'remove-member', { user: bea!.id }));
    await verify([carla!], id, post(ana!, 'leave', {}));
  });

  it('for what concerns one user: added, read, removed, as the row they would fetch', async () => {
    const [ana, bea] = await Promise.all(['Ana', 'Bea'].map((name) => Participant.join(server.url, name)));
    const { id } = await ana!.group('Grupo', [bea!]);
    await ana!.send(id, 'hola');
    await bea!.emit('read:mark', { conversation: id, rev: 0, seq: 2 });
    await vi.waitFor(() => expect(bea!.userChanges.at(-1)?.row.me.readSeq).toBe(2));
    for (const changed of bea!.userChanges) expect(UserChanged.parse(changed)).toEqual(changed);
    expect(bea!.userChanges.at(-1)!.row).toEqual((await bea!.conversation(id)).row);
    await ana!.ok('POST', `/api/conversations/${id}/remove-member`, { op: uuidv7(), user: bea!.id });
    await vi.waitFor(() => expect(bea!.userChanges.at(-1)?.row.me.left).toBe(true));
    const { row } = bea!.userChanges.at(-1)!;
    expect(row).toMatchObject({ id, name: null, preview: null, seq: 0, unread: 0 });
    const synced = await bea!.sync([], 0);
    expect(synced.rows).toEqual([row]);
  });
});
