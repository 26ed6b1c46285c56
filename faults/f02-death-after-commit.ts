import type { Device } from './support/device.js';
import type { Fault, Scene } from './support/fault.js';
import type { ServerNode } from './support/node.js';
import { pause } from './support/processes.js';

/** Written by the preload with its last breath. */
const LAST_WORDS = /died after storing (\S+) at (\S+)/g;

/** Somebody who was connected elsewhere, and must hear of what the dead node has stored. */
interface Awaited {
  op: string;
  since: number;
  device: Device;
}

const awaited: Awaited[] = [];

export const deathAfterCommit: Fault = {
  id: 'F2',
  hypothesis:
    'a node dies between COMMIT and acknowledgement: the event arrives within 1 s, and the resend answers the same seq',
  seconds: 60,
  shortSeconds: 14,
  preloads: ['die-after-commit.mjs'],
  async run(scene) {
    const { cluster, duringMs } = scene;
    awaited.length = 0;
    for (const end = performance.now() + duringMs; performance.now() < end;) {
      while (cluster.ready.length < 2) await pause(50);
      await dieOnce(scene, busiest(scene));
      await pause(1_000);
    }
  },
  judge({ crowd: { deliveries }, complain }, { within }) {
    if (awaited.length === 0) complain('nobody was left to hear anything');
    for (const { op, since, device } of awaited) {
      const late = deliveries.seenAt(op, device.name) - since;
      if (late > within(1_000)) complain(`${op} reached ${device.name} ${Math.round(late)} ms after the death`);
    }
  },
};

/** One that nobody is connected to would never store anything, and so never die. */
export function busiest({ cluster, crowd }: Pick<Scene, 'cluster' | 'crowd'>): ServerNode {
  const visitors = ({ port }: ServerNode): number => crowd.devices.filter(({ door }) => door.leadsTo(port)).length;
  return cluster.ready.reduce((most, node) => (visitors(node) > visitors(most) ? node : most));
}

/** What it stored last, and told nobody. */
export function lastWordsOf({ logs }: ServerNode): { op: string; conversation: string } | null {
  const [, op = '', conversation = ''] = [...logs.matchAll(LAST_WORDS)].at(-1) ?? [];
  return op === '' ? null : { op, conversation };
}

async function dieOnce({ cluster, crowd, strike, complain, meanwhile }: Scene, node: ServerNode): Promise<void> {
  const sockets = crowd.devices.map(({ tap }) => tap.connections);
  await node.dieOn('SIGUSR2');
  const since = performance.now();
  const lastWords = lastWordsOf(node);
  if (lastWords === null) {
    complain(`node ${node.index} died without a word`);
    return;
  }
  const { op, conversation } = lastWords;
  strike(`node ${node.index} died between the commit of ${op} and its acknowledgement`);
  meanwhile(node.start());
  // By now its clients have seen their sockets break.
  await pause(500);
  const members = await cluster.query<{ user: string }>(
    `select u.public_id as "user" from members m join conversations c on c.id = m.conversation_id
       join users u on u.id = m.user_id where c.public_id = $1 and m.left_ver is null`,
    [conversation],
  );
  const users = new Set(members.map(({ user }) => user));
  for (const [index, device] of crowd.devices.entries())
    if (users.has(device.user) && device.connection === 'online' && device.tap.connections === sockets[index])
      awaited.push({ op, since, device });
}
