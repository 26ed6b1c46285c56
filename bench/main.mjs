import { createRequire } from 'node:module';
import { bytes } from './benches/bytes.mjs';
import { direct } from './benches/direct.mjs';
import { group } from './benches/group.mjs';
import { history } from './benches/history.mjs';
import { hot } from './benches/hot.mjs';
import { rate } from './benches/rate.mjs';
import { rest } from './benches/rest.mjs';
import { start } from './benches/start.mjs';
import { othersShare } from './support/cpu.mjs';
import { printTable, writeFigures } from './support/figures.mjs';
import { inRepository } from './support/paths.mjs';
import { requireSoundHistory } from './support/require-sound-history.mjs';
import { Stage } from './support/stage.mjs';

const { during, Complaint } = createRequire(import.meta.url)('../scripts/lib/say.cjs');

const benches = { start, rest, direct, rate, group, hot, history, bytes };

const usage = `npm run bench                    all of them, and docs/figures.md is written anew
npm run bench -- NAME …          only these: ${Object.keys(benches).join(', ')}
npm run bench -- NAME --profile  with a profile of the server in .cache/bench`;

export async function main(words) {
  const names = words.filter((word) => !word.startsWith('--'));
  const stray = words.find((word) => (word.startsWith('--') ? word !== '--profile' : !(word in benches)));
  if (stray !== undefined) throw new Complaint(`There is no ${stray}.\n${usage}`);
  const sections = await run(names.length > 0 ? names : Object.keys(benches), words.includes('--profile'));
  printTable(sections);
  if (names.length === 0) writeFigures(sections, othersShare());
}

async function run(names, isProfiled) {
  const nodeArguments = isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${inRepository('.cache/bench')}`] : [];
  const stage = new Stage({ nodeArguments });
  const sections = [];
  try {
    for (const name of names)
      sections.push({ name, rows: await during(`Measuring: ${name}`, () => benches[name](stage)) });
    await requireSoundHistory(stage);
  } finally {
    await stage.stop();
  }
  return sections;
}
