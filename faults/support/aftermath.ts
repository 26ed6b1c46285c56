import type { ConversationRow, getConversation, getMessages, Member, Message, Output } from '@tertulia/contract';
import type { HistoryEntry, Recorder } from '@tertulia/history-checker';
import type { Cluster } from './cluster.js';
import type { Crowd } from './crowd.js';
import type { Device } from './device.js';
import { inTurns } from './in-turns.js';
import { told } from './wire-tap.js';

type Logged = Extract<HistoryEntry, { type: 'change' }>;
type State = Extract<HistoryEntry, { type: 'state' }>;

const kinds: Record<number, Logged['kind']> = { 1: 'message', 2: 'member', 3: 'left', 4: 'conversation', 5: 'message' };

/** What the database holds after the run, and what every client holds beside what the server answers it afresh. */
export async function recordAftermath(cluster: Cluster, crowd: Crowd, recorder: Recorder): Promise<void> {
  await recordDatabase(cluster, recorder);
  await inTurns(crowd.devices, async (device) => {
    for (const [conversation, { status }] of device.timelines)
      if (status === 'ready') await recordStates(device, conversation, recorder);
  });
}

async function recordDatabase(cluster: Cluster, recorder: Recorder): Promise<void> {
  const counters = await cluster.query<{ conversation: string; seq: number; ver: number }>(
    `select public_id as conversation, seq, ver from conversations`,
  );
  for (const row of counters) recorder.add({ type: 'counters', ...row, floor: 0 });
  for (const row of await messagesOf(cluster)) recorder.add({ type: 'row', ...row });
  for (const { kind, ...row } of await changesOf(cluster))
    recorder.add({ type: 'change', ...row, kind: kinds[kind] ?? 'other' });
  for (const row of await membersOf(cluster)) recorder.add({ type: 'member', ...row });
}

const messagesOf = (cluster: Cluster) =>
  cluster.query<Omit<Extract<HistoryEntry, { type: 'row' }>, 'type'>>(
    `select c.public_id as conversation, m.seq, m.ver, m.client_id as op, u.public_id as sender, coalesce(m.body, '') as body,
            m.deleted_at is not null as deleted, epoch_ms(m.created_at)::float8 as at
       from messages m join conversations c on c.id = m.conversation_id left join users u on u.id = m.sender_id
      order by m.conversation_id, m.seq`,
  );

const changesOf = (cluster: Cluster) =>
  cluster.query<{ conversation: string; ver: number; kind: number; user: string | null }>(
    `select c.public_id as conversation, h.ver, h.kind, u.public_id as "user"
       from changes h join conversations c on c.id = h.conversation_id
       left join users u on u.id = h.ref and h.kind in (2, 3)
      order by h.conversation_id, h.ver`,
  );

const membersOf = (cluster: Cluster) =>
  cluster.query<Omit<Extract<HistoryEntry, { type: 'member' }>, 'type'>>(
    `select c.public_id as conversation, u.public_id as "user", m.joined_ver as "joinedVer", m.left_ver as "leftVer",
            m.from_seq as "fromSeq", m.read_rev as "readRev", m.read_seq as "readSeq"
       from members m join conversations c on c.id = m.conversation_id join users u on u.id = m.user_id`,
  );

async function recordStates(device: Device, conversation: string, recorder: Recorder): Promise<void> {
  const timeline = device.shown(conversation);
  const row = device.rows.get(conversation);
  if (timeline === undefined || row === undefined) return;
  const common = { type: 'state' as const, client: device.name, user: device.user, conversation };
  const members = device.members.get(conversation) ?? null;
  recorder.add({
    ...common,
    source: 'client',
    ...stateOf(timeline.messages, row, members),
    hasOlder: timeline.hasOlder,
  });
  const fresh = await ask<Output<typeof getConversation>>(device, `/api/conversations/${conversation}`);
  const messages = await history(device, conversation);
  recorder.add({ ...common, source: 'server', ...stateOf(messages, fresh.row, fresh.members), hasOlder: false });
}

function stateOf(
  messages: readonly Message[],
  row: ConversationRow,
  members: readonly Member[] | null,
): Omit<State, 'type' | 'source' | 'client' | 'user' | 'conversation' | 'hasOlder'> {
  return {
    messages: messages.map(told),
    cursor: row.ver,
    unread: row.unread,
    mark: { rev: row.me.readRev, seq: row.me.readSeq },
    name: row.name,
    members: members?.map(({ person, role, left }) => ({ user: person.id, role, left })) ?? null,
  };
}

async function history(device: Device, conversation: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let after = 0; ; after = all.at(-1)?.seq ?? after) {
    const path = `/api/conversations/${conversation}/messages?after=${after}&limit=100`;
    const page = await ask<Output<typeof getMessages>>(device, path);
    all.push(...page.messages);
    if (!page.hasNewer) return all;
  }
}

/** Without the client's engine, with its token. */
async function ask<T>(device: Device, path: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${device.door.port}${path}`, {
    headers: { authorization: `Bearer ${device.tap.token}` },
  });
  if (!response.ok) throw new Error(`${device.name}: GET ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
