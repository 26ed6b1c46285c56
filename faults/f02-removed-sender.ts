import { busiest, lastWordsOf } from './f02-death-after-commit.js';
import type { Room } from './support/crowd.js';
import type { Device } from './support/device.js';
import type { Fault, Scene } from './support/fault.js';
import type { ServerNode } from './support/node.js';
import { pause } from './support/processes.js';

const PATIENCE_MS = 5_000;

/** How often a sender was out of the group before they could send again. */
let removals = 0;

export const removedSender: Fault = {
  id: 'F2b',
  hypothesis:
    'a node dies between COMMIT and acknowledgement, and the sender is removed before the resend: it answers the same seq',
  seconds: 60,
  preloads: ['die-after-commit.mjs'],
  async run(scene) {
    const { cluster, duringMs } = scene;
    removals = 0;
    for (const end = performance.now() + duringMs; performance.now() < end;) {
      while (cluster.ready.length < 2) await pause(50);
      await dieAndRemove(scene, busiest(scene));
      await pause(500);
    }
  },
  judge({ complain }) {
    if (removals === 0) complain('nobody was removed while their message was unanswered');
  },
};

async function dieAndRemove(scene: Scene, node: ServerNode): Promise<void> {
  const { crowd, strike, meanwhile } = scene;
  const cutOff = crowd.devices.filter(({ door }) => door.leadsTo(node.port));
  await node.dieOn('SIGUSR2');
  // Before anybody can send anything again.
  for (const { door } of cutOff) door.weather = 'cut';
  const { op = '', conversation = '' } = lastWordsOf(node) ?? {};
  strike(`node ${node.index} died between the commit of ${op} and its acknowledgement`);
  meanwhile(node.start());
  const sender = cutOff.find(({ unanswered }) => unanswered.has(op));
  for (const device of cutOff) if (device !== sender) device.door.weather = 'pass';
  const room = crowd.rooms.find(({ id }) => id === conversation);
  // The owner may be in bad weather too: another round comes.
  if (sender && room?.kind === 'group' && !crowd.isOwner(room, sender))
    await outAndBack(scene, { sender, room, op }).catch(() => undefined);
  if (sender) sender.door.weather = 'pass';
}

interface Unanswered {
  sender: Device;
  room: Room;
  op: string;
}

/** They are out when they send again, and in again when that is answered. */
async function outAndBack({ crowd, strike }: Scene, { sender, room, op }: Unanswered): Promise<void> {
  const person = crowd.personOf(sender);
  await crowd.move(room, person, false);
  removals += 1;
  strike(`${sender.name}, who sent ${op}, is removed`);
  sender.door.weather = 'pass';
  for (const end = performance.now() + PATIENCE_MS; sender.unanswered.has(op) && performance.now() < end;)
    await pause(20);
  await crowd.move(room, person, true);
}
