import type { ConversationRow, getConversation, getMessages, Member, Message, Output } from '@tertulia/contract';
import type { HistoryEntry, Recorder } from '@tertulia/history-checker';
import { recordDatabase } from '../../apps/server/test/support/record-database.js';
import type { Cluster } from './cluster.js';
import type { Crowd } from './crowd.js';
import type { Device } from './device.js';
import { inTurns } from './in-turns.js';
import { told } from './wire-tap.js';

type State = Extract<HistoryEntry, { type: 'state' }>;

/** What the database holds after the run, and what every client holds beside what the server answers it afresh. */
export async function recordAftermath(cluster: Cluster, crowd: Crowd, recorder: Recorder): Promise<void> {
  await recordDatabase(cluster.postgres.url(cluster.database), recorder);
  const members = await membersOf(cluster);
  for (const device of crowd.devices) device.lookForTheLastTime();
  await inTurns(crowd.devices, async (device) => {
    for (const conversation of conversationsOf(device, members)) await recordStates(device, conversation, recorder);
  });
}

const membersOf = (cluster: Cluster) =>
  cluster.query<{ conversation: string; user: string }>(
    `select c.public_id as conversation, u.public_id as "user"
       from members m join conversations c on c.id = m.conversation_id join users u on u.id = m.user_id
      where m.left_ver is null`,
  );

/** Those it is in, whether it knows or not, and those it shows, whether it may or not. */
function conversationsOf(device: Device, members: readonly { conversation: string; user: string }[]): Set<string> {
  const own = members.filter(({ user }) => user === device.user).map(({ conversation }) => conversation);
  const shown = [...device.timelines.values()].filter(({ status }) => status === 'ready');
  return new Set([...own, ...shown.map(({ conversation }) => conversation)]);
}

async function recordStates(device: Device, conversation: string, recorder: Recorder): Promise<void> {
  const common = { type: 'state' as const, client: device.name, user: device.user, conversation };
  recorder.add({ ...common, source: 'client', ...heldBy(device, conversation) });
  const fresh = await ask<Output<typeof getConversation>>(device, `/api/conversations/${conversation}`);
  // Not theirs any more: there is nothing to compare with.
  if (fresh === null) return;
  const messages = await history(device, conversation);
  recorder.add({ ...common, source: 'server', ...stateOf(messages, fresh.row, fresh.members), hasOlder: false });
}

type Held = Omit<State, 'type' | 'source' | 'client' | 'user' | 'conversation'>;

const nothing: Held = {
  messages: [],
  hasOlder: false,
  cursor: 0,
  unread: 0,
  mark: { rev: 0, seq: 0 },
  name: null,
  members: null,
};

function heldBy({ timelines, rows, members }: Device, conversation: string): Held {
  const timeline = timelines.get(conversation);
  const row = rows.get(conversation);
  if (timeline === undefined || row === undefined) return nothing;
  const { messages, hasOlder } = timeline;
  return { ...stateOf(messages, row, members.get(conversation) ?? null), hasOlder };
}

function stateOf(
  messages: readonly Message[],
  row: ConversationRow,
  members: readonly Member[] | null,
): Omit<Held, 'hasOlder'> {
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
    if (page === null) return all;
    all.push(...page.messages);
    if (!page.hasNewer) return all;
  }
}

/** Without the client's engine, with its token. Null: it is not theirs. */
async function ask<T>(device: Device, path: string): Promise<T | null> {
  const response = await fetch(`http://127.0.0.1:${device.door.port}${path}`, {
    headers: { authorization: `Bearer ${device.tap.token}` },
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${device.name}: GET ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
