import { setTimeout as sleep } from 'node:timers/promises';
import { startBaseline } from '../support/baseline.mjs';
import { residentKb } from '../support/cpu.mjs';
import { shown } from '../support/numbers.mjs';
import { inRepository } from '../support/paths.mjs';
import { Stage } from '../support/stage.mjs';
import { startTertulia } from '../support/tertulia.mjs';

const PEOPLE = 250;
const SOCKETS_EACH = 10;
const FEW = 500;
/** Longer than a ping, so that every socket has had its timers. */
const SETTLE_MS = 12_000;
const COLLECT_MS = 3_000;
const nodeArguments = ['--expose-gc', '--import', inRepository('bench/support/collect-on-signal.mjs')];

/** Memory, on servers of its own: what has worked before holds more than it needs. */
export async function rest() {
  const stage = new Stage();
  try {
    const scene = await stage.groupScene(PEOPLE, 1);
    const { dataDir, stop } = await stage.tertulia();
    await stop();
    const tertulia = await startTertulia({ dataDir, nodeArguments });
    const bare = await startBaseline({ nodeArguments });
    await sleep(SETTLE_MS);
    const atRest = residentKb(tertulia.pid) / 1024;
    const generator = await stage.generator();
    const ours = await perSocket(generator, tertulia, scene.tertulia.crowd);
    const theirs = await perSocket(generator, bare, scene.bare.crowd);
    await Promise.all([tertulia.stop(), bare.stop()]);
    return rowsOf(atRest, ours, theirs);
  } finally {
    await stage.stop();
  }
}

/** Between a few sockets and many: what the first ones load once is not counted. */
async function perSocket(generator, { url, pid }, crowd) {
  const people = crowd.people.flatMap((person) => Array.from({ length: SOCKETS_EACH }, () => person));
  const kbWith = async (count) => {
    await generator.call('connect', { url, people: people.slice(0, count), conversations: [] });
    await sleep(SETTLE_MS);
    process.kill(pid, 'SIGUSR2');
    await sleep(COLLECT_MS);
    return residentKb(pid);
  };
  const few = await kbWith(FEW);
  const many = await kbWith(people.length);
  await generator.call('disconnect');
  return (many - few) / (people.length - FEW);
}

function rowsOf(atRest, ours, theirs) {
  return [
    {
      work: 'server at rest: resident MB of the Node process',
      tertulia: shown(atRest),
      target: '≤ 120',
      isMet: atRest <= 120,
    },
    {
      work: `idle connection, in a group of ${PEOPLE}, between ${FEW} and ${PEOPLE * SOCKETS_EACH} of them: KB each`,
      tertulia: shown(ours),
      bare: shown(theirs),
      ratio: ours / theirs,
      target: '≤ 22 and ≤ 1.25 ×',
      isMet: ours <= 22 && ours <= 1.25 * theirs,
    },
  ];
}
