import { measure } from '../support/measure.mjs';
import { median, shown } from '../support/numbers.mjs';

const SENDERS = 500;
const READERS = 20;
const RATE = 2_000;
const ROUNDS = 3;

/**
 * The one conversation in which everybody writes at once: all of them through one lock. Twenty members have a socket and
 * check that nothing is missing, doubled or out of order; the others send over HTTP, for a socket would hear everything.
 */
export async function hot(stage) {
  const group = await stage.groupScene(SENDERS, SENDERS);
  const { processes, crowd } = group.tertulia;
  const generator = await stage.generator();
  await generator.call('connect', readersOf(crowd));
  const tokens = crowd.people.map(({ auth }) => auth.token);
  const load = (messages, rate) => ({ url: crowd.url, tokens, messages, rate, bytes: 100 });
  const run = (messages, rate) => measure(stage, { processes }, 'hotLoop', load(messages, rate));
  await run(5_000, null);
  const steady = [];
  const full = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    steady.push(await run(RATE * 5, RATE));
    full.push(await run(10_000, null));
  }
  await generator.call('disconnect');
  return rowsOf(steady, full);
}

/** Those with a socket: the first of the people. */
function readersOf(crowd) {
  const readers = Array.from({ length: READERS }, (_, index) => index);
  const [{ id }] = crowd.conversations;
  return {
    url: crowd.url,
    people: crowd.people.slice(0, READERS),
    conversations: [{ id, members: readers, senders: readers }],
  };
}

function rowsOf(steady, full) {
  const speed = median(full.map(({ messages, seconds }) => messages / seconds));
  const ack = median(steady.map(({ ackP99 }) => ackP99));
  const cost = median(full.map(({ cpu, messages }) => (cpu.work / messages) * 1000));
  return [
    {
      work: `one group, ${SENDERS} people writing over HTTP, ${READERS} reading: messages/s stored and told without a gap`,
      tertulia: `${shown(speed)} (${shown(cost)} CPU-ms per 1,000)`,
      target: `≥ ${RATE.toLocaleString('en')}`,
      isMet: speed >= RATE,
    },
    {
      work: `… at ${RATE.toLocaleString('en')}/s: acknowledgement p99 (ms)`,
      tertulia: shown(ack),
      target: '≤ 300',
      isMet: ack <= 300,
    },
  ];
}
