import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { shown } from '../support/numbers.mjs';
import { inRepository } from '../support/paths.mjs';
import { startProgram, temporaryFolder } from '../support/processes.mjs';

const web = inRepository('apps/web/out');
const SCRIPTS_KB = 200;

/** What a person waits for: `npm start` where all is installed and built, and the scripts of the first page. */
export async function start() {
  const dataDir = temporaryFolder();
  const first = await secondsToPage(dataDir);
  const second = await secondsToPage(dataDir);
  const kb = firstLoadKb();
  return [
    {
      work: 'from a fresh clone to the first page, packages from a warm cache: seconds (`npm run test:fresh` measures it)',
      tertulia: shown(secondsOfFreshClone()),
    },
    {
      work: 'first `npm start` on an empty data folder, all installed and built: seconds to the first page',
      tertulia: shown(first),
    },
    {
      work: 'second `npm start`: seconds to the first page',
      tertulia: shown(second),
      target: '≤ 5',
      isMet: second <= 5,
    },
    {
      work: 'JavaScript of the first page, gzip: KB',
      tertulia: shown(kb),
      target: `≤ ${SCRIPTS_KB}`,
      isMet: kb <= SCRIPTS_KB,
    },
  ];
}

/** What the last `npm run test:fresh` here has measured. */
function secondsOfFreshClone() {
  const file = inRepository('.cache/fresh-clone.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).seconds : NaN;
}

async function secondsToPage(dataDir) {
  const server = await startProgram('npm', ['start'], { PORT: '0', DATA_DIR: dataDir });
  const { status } = await fetch(server.url);
  const seconds = (performance.now() - server.since) / 1000;
  await server.stop();
  if (status !== 200) throw new Error(`the page answered ${status}`);
  return seconds;
}

/** Of every script that a browser of today loads with index.html. */
function firstLoadKb() {
  const page = path.join(web, 'index.html');
  if (!existsSync(page)) return NaN;
  const tags = readFileSync(page, 'utf8').match(/<script[^>]*\ssrc="[^"]+"[^>]*>/g) ?? [];
  const files = new Set(tags.filter((tag) => !/nomodule/i.test(tag)).map((tag) => /src="\/?([^"?]+)/.exec(tag)[1]));
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(web, file))).length, 0);
  return bytes / 1024;
}
