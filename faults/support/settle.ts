import type { Cluster } from './cluster.js';
import type { Crowd } from './crowd.js';
import type { Device } from './device.js';
import { pause } from './processes.js';

const LOOK_MS = 20;
const DATABASE_LOOK_MS = 250;
const IN_ALL_MS = 60_000;

interface Place {
  conversation: string;
  seq: number;
  ver: number;
  /** Who is in it, and what they have read. */
  marks: Record<string, { rev: number; seq: number }>;
}

/** Where every conversation stands, and who is in it. */
const placesOf = (cluster: Cluster): Promise<Place[]> =>
  cluster.query<Place>(
    `select c.public_id as conversation, c.seq, c.ver,
       json_object_agg(u.public_id, json_build_object('rev', m.read_rev, 'seq', m.read_seq)) as marks
       from conversations c join members m on m.conversation_id = c.id and m.left_ver is null
       join users u on u.id = m.user_id group by c.id`,
  );

/**
 * Milliseconds until everybody shows what was stored at this moment, and all that was under way has its answer; the load
 * may go on.
 */
export async function timeToConverge(cluster: Cluster, crowd: Crowd, patienceMs: number): Promise<number> {
  const since = performance.now();
  const underWay = crowd.devices.map((device) => [...device.unanswered]);
  const places = await placesOf(cluster);
  const isOver = (device: Device, index: number): boolean =>
    underWay[index]!.every((op) => !device.unanswered.has(op)) &&
    places.every(({ conversation, seq, marks }) => {
      const timeline = device.shown(conversation);
      // Who was removed meanwhile shows nothing more.
      return !(device.user in marks) || timeline?.status === 'not-found' || device.lastShown(conversation) >= seq;
    });
  while (!crowd.devices.every(isOver)) {
    if (performance.now() - since > patienceMs) return Infinity;
    await pause(LOOK_MS);
  }
  return performance.now() - since;
}

/**
 * After the load: until all outboxes are empty and every client shows what the database holds. It is given up after
 * `patienceMs` without any progress, or a minute in all; what is missing then is for the checker to judge. Answers it.
 */
export async function settle(cluster: Cluster, crowd: Crowd, patienceMs: number): Promise<string[]> {
  const began = performance.now();
  let missing: string[] = [];
  for (let moved = began; ;) {
    const now = await whatIsMissing(cluster, crowd);
    if (now.length === 0) return [];
    if (now.join() !== missing.join()) moved = performance.now();
    missing = now;
    if (performance.now() - moved > patienceMs || performance.now() - began > IN_ALL_MS)
      return [`not settled: ${missing[0]}, and ${missing.length - 1} more`];
    for (const device of crowd.devices) device.goToNewest();
    await pause(DATABASE_LOOK_MS);
  }
}

async function whatIsMissing(cluster: Cluster, crowd: Crowd): Promise<string[]> {
  const places = await placesOf(cluster);
  const missing: string[] = [];
  for (const device of crowd.devices) {
    const pending = await device.client.pendingCount();
    if (pending > 0) missing.push(`${device.name} has ${pending} pending`);
    for (const place of places) {
      const complaint = behind(device, place);
      if (complaint !== null) missing.push(`${device.name} in ${place.conversation}: ${complaint}`);
    }
  }
  return missing;
}

function behind(device: Device, { conversation, seq, ver, marks }: Place): string | null {
  const timeline = device.shown(conversation);
  const mark = marks[device.user];
  if (mark === undefined)
    return timeline === undefined || timeline.status === 'not-found' ? null : 'shown, and not a member';
  const row = device.rows.get(conversation);
  const shown = device.lastShown(conversation);
  if (timeline?.status !== 'ready') return `the window is ${timeline?.status ?? 'missing'}`;
  if (shown !== seq) return `shows ${shown} of ${seq} messages`;
  if (row?.ver !== ver) return `the row is at ${row?.ver} of ${ver} changes`;
  if (row.me.readRev !== mark.rev || row.me.readSeq !== mark.seq) return 'what was read is not told yet';
  return timeline.pending.length > 0 ? `shows ${timeline.pending.length} as pending` : null;
}
