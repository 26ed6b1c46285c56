import type { Message } from '@tertulia/contract';
import type { Device } from './support/device.js';
import type { Fault, Scene } from './support/fault.js';
import { pause } from './support/processes.js';

const PATIENCE_MS = 3_000;

/** How many edits waited while the message changed elsewhere. */
let overtaken = 0;

export const editedElsewhere: Fault = {
  id: 'F8b',
  hypothesis:
    'a message is edited on a device that is cut off, and then on another of the same person: the older edit never comes over the newer one',
  seconds: 40,
  async run(scene) {
    overtaken = 0;
    for (const end = performance.now() + scene.duringMs; performance.now() < end;) {
      await editTwice(scene);
      await pause(200);
    }
  },
  judge({ complain }) {
    if (overtaken === 0) complain('no edit waited while the message changed elsewhere');
  },
};

async function editTwice({ crowd, random, strike }: Scene): Promise<void> {
  const [away, here] = random.pick(crowd.pairs);
  const { id: room } = random.pick(crowd.roomsOf(here));
  const own = lastOwn(here, room);
  const older = own && away.find(room, own.id);
  if (own === null || !older) return;
  strike(`${away.name} is cut off, and message ${own.seq} is edited on both sides`);
  away.door.weather = 'cut';
  await away.client.edit(room, older, `${away.name} in the dark ${overtaken}`);
  await here.client.edit(room, own, `${here.name} in the light ${overtaken}`);
  await until(() => (here.find(room, own.id)?.ver ?? 0) > older.ver);
  if ((here.find(room, own.id)?.ver ?? 0) > older.ver) overtaken += 1;
  away.door.weather = 'pass';
}

function lastOwn(device: Device, room: string): Message | null {
  const messages = device.shown(room)?.messages ?? [];
  return messages.findLast(({ sender, deleted }) => sender === device.user && deleted !== true) ?? null;
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !isSo() && performance.now() < end;) await pause(20);
}
