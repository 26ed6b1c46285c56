import { cpuDuring } from './cpu.mjs';

/** One measured run of the crowd that is connected. Anything not delivered exactly once is the end of the bench. */
export async function measure(stage, { processes }, method, options) {
  const generator = await stage.generator();
  const { result, cpu } = await cpuDuring({ ...processes, generator: generator.pid }, () =>
    generator.call(method, options),
  );
  if (result.problems.length > 0)
    throw new Error(`not delivered exactly once and in order: ${result.problems.join('; ')}`);
  return { ...result, cpu };
}

/** Both sides in turn, so that what else the machine does falls on both; the first run of each only warms up. */
export async function compare(stage, scene, { rounds, method, warmUp, options }) {
  const generator = await stage.generator();
  const runs = { bare: [], tertulia: [] };
  for (const side of ['bare', 'tertulia']) {
    await generator.call('connect', scene[side].crowd);
    await measure(stage, scene[side], method, warmUp);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const side of ['bare', 'tertulia']) {
      await generator.call('connect', scene[side].crowd);
      runs[side].push(await measure(stage, scene[side], method, options));
    }
  }
  await generator.call('disconnect');
  return runs;
}
