import { compare } from '../support/measure.mjs';
import { median, shown } from '../support/numbers.mjs';

const PAIRS = 50;
const targets = { 100: 5, 1000: 10 };

/** How long a direct message takes from the one screen to the other, at a fixed rate. */
export async function rate(stage) {
  const scene = await stage.directScene(PAIRS);
  const rows = [];
  for (const perSecond of [100, 1000]) {
    const load = (seconds) => ({ rate: perSecond, seconds, bytes: 100 });
    const runs = await compare(stage, scene, { rounds: 3, method: 'openLoop', warmUp: load(3), options: load(6) });
    rows.push(rowOf(perSecond, runs));
  }
  return rows;
}

function rowOf(perSecond, runs) {
  const of = (side, name) => median(runs[side].map((run) => run[name]));
  const times = (side) => `${shown(of(side, 'p50'))} / ${shown(of(side, 'p99'))}`;
  const target = targets[perSecond];
  return {
    work: `direct messages at ${perSecond}/s, stored and delivered: p50 / p99 end to end (ms)`,
    tertulia: times('tertulia'),
    bare: times('bare'),
    ratio: of('tertulia', 'p99') / of('bare', 'p99'),
    target: `p99 ≤ ${target}`,
    isMet: of('tertulia', 'p99') <= target,
  };
}
