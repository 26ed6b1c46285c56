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
    await witness.send(id, 'before');
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
async function watch(witness: Participant, conversation: string, { complain }: Scene): Promise<number> {
  const began = performance.now();
  let closedAt = Infinity;
  witness.socket?.once('disconnect', () => (closedAt = performance.now() - began));
  while (performance.now() - began < HOLE_MS) {
    if (witness.socket?.connected === true)
      void witness
        .emit('message:send', { conversation, id: crypto.randomUUID(), body: 'into the hole' }, HOLE_MS)
        .then((ack) => {
          if (ack.ok) complain('a node without PostgreSQL said that it had stored a message');
        })
        .catch(() => undefined);
    await pause(10 * LOOK_MS);
  }
  witness.disconnect();
  return Math.round(closedAt);
}
