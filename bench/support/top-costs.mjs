/**
 * Reads a profile made by `npm run bench -- NAME --profile` and tells where the time went, by function and by package:
 * node bench/support/top-costs.mjs FILE.cpuprofile [how many lines]
 */
import { readFileSync } from 'node:fs';

const [, , file, lines = '40'] = process.argv;
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
const byId = new Map(nodes.map((node) => [node.id, node]));
const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
const IDLE = new Set(['(idle)', '(program)', '(root)']);

const nameOf = ({ callFrame: { functionName, url, lineNumber } }) =>
  `${functionName || '(anonymous)'} ${shortUrl(url)}${url === '' ? '' : `:${lineNumber + 1}`}`;
const shortUrl = (url) => url.replace(/^.*\/(?=node_modules|apps|packages)/, '');
const packageOf = ({ callFrame: { url, functionName } }) => {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url);
  if (found) return found[1];
  return url.startsWith('node:') ? url : (/(apps|packages)\/[^/]+/.exec(url)?.[0] ?? functionName);
};

const selfByFunction = new Map();
const selfByPackage = new Map();
const totalByFunction = new Map();
let busy = 0;

samples.forEach((sample, index) => {
  const node = byId.get(sample);
  if (IDLE.has(node.callFrame.functionName)) return;
  const time = timeDeltas[index];
  busy += time;
  add(selfByFunction, nameOf(node), time);
  add(selfByPackage, packageOf(node), time);
  for (const name of namesUp(node)) add(totalByFunction, name, time);
});

function namesUp(leaf) {
  const names = new Set();
  for (let node = leaf; node !== undefined; node = byId.get(parents.get(node.id))) names.add(nameOf(node));
  return names;
}

function add(map, key, time) {
  map.set(key, (map.get(key) ?? 0) + time);
}

function show(title, map) {
  console.log(`\n${title}`);
  const sorted = [...map].sort(([, a], [, b]) => b - a).slice(0, Number(lines));
  for (const [name, time] of sorted) console.log(`${((time / busy) * 100).toFixed(1).padStart(5)} %  ${name}`);
}

console.log(`busy for ${(busy / 1e6).toFixed(1)} s`);
show('Own time by package', selfByPackage);
show('Own time by function', selfByFunction);
show('Time with all that was called, by function', totalByFunction);
