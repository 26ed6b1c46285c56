import type { Output, sendMessage } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { Participant } from '../apps/server/test/support/participant.js';
import type { Fault, Scene } from './support/fault.js';
import { pause } from './support/processes.js';

const HOLE_MS = 30_000;
const CLOSED_MS = 10_000;
const LOOK_MS = 100;

/** How long the witness's socket stayed open. */
let openFor = Infinity;

export const databaseUnreachable: Fault = {
  id: 'F6',
  hypothesis:
    'between one node and PostgreSQL is a black hole for 30 s: its sockets are closed within 10 s, and it accepts nothing',
  seconds: 60,
  async run(scene) {
    const node = scene.random.pick(scene.cluster.nodes);
    const [witness, other] = await pairAt(`http://127.0.0.1:${node.port}`);
    const { id } = await witness.direct(other);
    if (!(await say(scene, witness, id, 'before'))) scene.complain('the witness could not write before the fault');
    const link = scene.cluster.links[node.index]!.postgres;
    scene.strike(`black hole between node ${node.index} and PostgreSQL`);
    link.weather = 'hole';
    openFor = await watch(witness, id, scene);
    link.weather = 'pass';
  },
  judge({ complain }, { within }) {
    if (openFor > within(CLOSED_MS)) complain(`a socket of the node that was cut off stayed open for ${openFor} ms`);
  },
};

const pairAt = async (url: string): Promise<[Participant, Participant]> => [
  await Participant.join(url, 'Witness'),
  await Participant.register(url, 'Other'),
];

/** Sends now and then until the hole is over. Answers when the socket was closed. */
async function watch(witness: Participant, conversation: string, scene: Scene): Promise<number> {
  const began = performance.now();
  let closedAt = Infinity;
  witness.socket?.once('disconnect', () => (closedAt = performance.now() - began));
  while (performance.now() - began < HOLE_MS) {
    if (witness.socket?.connected === true)
      void say(scene, witness, conversation, 'into the hole').then((isStored) => {
        if (isStored) scene.complain('a node without PostgreSQL said that it had stored a message');
      });
    await pause(10 * LOOK_MS);
  }
  witness.disconnect();
  return Math.round(closedAt);
}

/** Written down like all that others say: it may be found among the rows. Was it acknowledged? */
async function say(
  { crowd: { recorder } }: Scene,
  witness: Participant,
  conversation: string,
  body: string,
): Promise<boolean> {
  const [op, user] = [uuidv7(), witness.id];
  const command = { op, client: user, user, conversation };
  recorder.add({ type: 'invoke', command: 'message:send', ...command, body });
  const sent = witness.emit<Output<typeof sendMessage>>('message:send', { conversation, id: op, body }, HOLE_MS);
  const ack = await sent.catch(() => null);
  if (ack?.ok !== true) return false;
  const { seq, ver } = ack.data;
  recorder.add({ type: 'complete', op, client: user, outcome: 'stored', seq, ver });
  return true;
}
