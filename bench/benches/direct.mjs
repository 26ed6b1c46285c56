import { median, shown } from '../support/numbers.mjs';
import { compare } from '../support/measure.mjs';

const PAIRS = 50;
const load = (messages) => ({ messages, inFlight: 4, bytes: 100 });

/** What a stored and delivered direct message costs, with everything on. */
export async function direct(stage) {
  const scene = await stage.directScene(PAIRS);
  const runs = await compare(stage, scene, {
    rounds: 3,
    method: 'closedLoop',
    warmUp: load(10_000),
    options: load(20_000),
  });
  const cost = (side) => median(runs[side].map(({ cpu, messages }) => (cpu.work / messages) * 1000));
  const part = (name) => median(runs.tertulia.map(({ cpu, messages }) => (cpu[name] / messages) * 1000));
  const speed = (side) => median(runs[side].map(({ messages, seconds }) => messages / seconds));
  const ack = median(runs.tertulia.map(({ ackP99 }) => ackP99));
  return [
    {
      work: 'direct messages, 50 pairs, 4 in flight each: CPU-ms per 1,000 stored',
      tertulia: `${shown(cost('tertulia'))} (server ${shown(part('server'))}, PostgreSQL ${shown(part('postgres'))})`,
      bare: shown(cost('bare')),
      ratio: cost('tertulia') / cost('bare'),
      target: '≤ 100 and ≤ 3 ×',
      isMet: cost('tertulia') <= 100 && cost('tertulia') <= 3 * cost('bare'),
    },
    {
      work: '… messages/s with the generator on the same two cores (acknowledgement p99 in ms)',
      tertulia: `${shown(speed('tertulia'))} (${shown(ack)})`,
      bare: shown(speed('bare')),
      ratio: speed('tertulia') / speed('bare'),
      target: '–',
    },
    {
      work: '… CPU-ms per 1,000 of the generator and of all else on the machine',
      tertulia: `${shown(part('generator'))} and ${shown(part('others'))}`,
      bare: '–',
      target: '–',
    },
  ];
}
