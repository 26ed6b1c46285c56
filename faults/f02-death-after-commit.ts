import type { Device } from './support/device.js';
import type { Fault, Scene } from './support/fault.js';
import type { ServerNode } from './support/node.js';
import { pause } from './support/processes.js';

const ARRIVES_MS = 1_000;
/** Written by the preload with its last breath. */
const LAST_WORDS = /died after storing (\S+) at (\S+)/g;

export const deathAfterCommit: Fault = {
  id: 'F2',
  hypothesis:
    'a node dies between COMMIT and acknowledgement: the event arrives within 1 s, and the resend answers the same seq',
  seconds: 60,
  shortSeconds: 16,
  preloads: ['die-after-commit.mjs'],
  async run(scene) {
    const { cluster, duringMs } = scene;
    const end = performance.now() + duringMs;
    let deaths = 0;
    for (; performance.now() < end; deaths += 1) {
      const node = cluster.living();
      if (node !== null) await dieOnce(scene, node);
      await pause(500);
    }
    if (deaths === 0) scene.complain('nobody died');
  },
};

async function dieOnce({ cluster, crowd, strike, complain, meanwhile }: Scene, node: ServerNode): Promise<void> {
  const sockets = crowd.devices.map(({ tap }) => tap.connections);
  await node.dieOn('SIGUSR2');
  const [, op, conversation] = [...node.logs.matchAll(LAST_WORDS)].at(-1) ?? [];
  if (op === undefined) {
    complain(`node ${node.index} died without a word`);
    return;
  }
  strike(`node ${node.index} died between the commit of ${op} and its acknowledgement`);
  meanwhile(node.start());
  await pause(ARRIVES_MS);
  const room = crowd.rooms.find(({ id }) => id === conversation);
  const hears = (device: Device, index: number): boolean =>
    room?.members.has(crowd.personOf(device)) === true &&
    device.connection === 'online' &&
    device.tap.connections === sockets[index];
  const deaf = crowd.devices.filter(hears).filter(({ name }) => !crowd.deliveries.hasSeen(op, name));
  const [first] = deaf;
  if (first === undefined) return;
  const answered = await cluster.query<{ left: boolean }>(
    `select m.left_ver is not null as left from members m join conversations c on c.id = m.conversation_id
       join users u on u.id = m.user_id where c.public_id = $1 and u.public_id = any ($2) and m.left_ver is null`,
    [conversation, deaf.map(({ user }) => user)],
  );
  if (answered.length > 0) complain(`${op} had not reached ${deaf.map(({ name }) => name).join(', ')} after 1 s`);
}
