import { compare } from '../support/measure.mjs';
import { median, shown } from '../support/numbers.mjs';

const SENDERS = 4;
const IN_FLIGHT = 16;
const DELIVERIES = 150_000;

/** What one more reader costs. Every member has a socket; a few write as fast as they are answered. */
export async function group(stage) {
  const rows = [];
  for (const size of [100, 500]) rows.push(...(await groupOf(stage, size)));
  return rows;
}

async function groupOf(stage, size) {
  const scene = await stage.groupScene(size, SENDERS);
  const load = (deliveries) => ({ messages: Math.round(deliveries / size), inFlight: IN_FLIGHT, bytes: 100 });
  const options = load(DELIVERIES);
  const runs = await compare(stage, scene, { rounds: 3, method: 'closedLoop', warmUp: load(DELIVERIES / 3), options });
  const cost = (side) => median(runs[side].map(({ cpu, deliveries }) => (cpu.work / deliveries) * 1000));
  const speed = (side) => median(runs[side].map(({ deliveries, seconds }) => deliveries / seconds));
  return [
    {
      work: `group of ${size}: CPU-µs per delivery`,
      tertulia: shown(cost('tertulia')),
      bare: shown(cost('bare')),
      ratio: cost('tertulia') / cost('bare'),
      target: '≤ 1.25 ×',
      isMet: cost('tertulia') <= 1.25 * cost('bare'),
    },
    {
      work: '… deliveries/s with the generator on the same machine',
      tertulia: shown(speed('tertulia')),
      bare: shown(speed('bare')),
      ratio: speed('tertulia') / speed('bare'),
    },
  ];
}
