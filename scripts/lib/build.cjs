'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { compressFolder } = require('./compress.cjs');
const { root, run, programOf } = require('./run.cjs');
const { during, Complaint } = require('./say.cjs');

const stampFile = path.join(root, '.cache/build.json');
const common = [
  'scripts/lib/build.cjs',
  'scripts/lib/compress.cjs',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
];
const packages = ['packages/contract', 'packages/client'];

const web = path.join(root, 'apps/web');

/** What is built, from what, and how. Tests and what a build writes are no input. */
const targets = [
  {
    name: 'server',
    inputs: [...common, ...packages, 'packages/history-checker', 'apps/server/src', 'apps/server/tsconfig.json'],
    proof: 'apps/server/dist/.tsbuildinfo',
    build: buildServer,
  },
  { name: 'web', inputs: [...common, ...packages, 'apps/web'], proof: 'apps/web/out/index.html', build: buildWeb },
];

/** Builds what changed since it was last built, and nothing else. */
async function build({ pages }) {
  const stamps = readStamps();
  for (const target of pages ? targets : targets.filter(({ build }) => build !== buildWeb)) {
    const inputs = hashOf(target.inputs);
    if (stamps[target.name] === `${inputs} ${ageOf(target.proof)}`) continue;
    await during(`Building the ${target.name}`, target.build);
    stamps[target.name] = `${inputs} ${ageOf(target.proof)}`;
    fs.mkdirSync(path.dirname(stampFile), { recursive: true });
    fs.writeFileSync(stampFile, JSON.stringify(stamps));
  }
}

async function buildServer() {
  if ((await run(process.execPath, [programOf('typescript', 'tsc'), '-b'], toStderr())) !== 0)
    throw new Complaint('The server could not be built: see above.');
}

/** Into a folder beside it and then renamed: a running server goes on serving whole pages. */
async function buildWeb() {
  const next = path.join(web, 'out.new');
  fs.rmSync(next, { recursive: true, force: true });
  const code = await run(process.execPath, [programOf('next'), 'build'], {
    ...toStderr(),
    cwd: web,
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', WEB_OUT: 'out.new' },
  });
  if (code !== 0) throw new Complaint('The pages could not be built: see above.');
  compressFolder(next);
  keepLastRelease(path.join(web, 'out'), next);
  replace(path.join(web, 'out'), next);
}

/** A tab from before the upgrade still finds its chunks: those of the last release stay, those of the one before go. */
function keepLastRelease(last, next) {
  const own = filesOf(path.join(next, '_next/static'));
  const lastList = path.join(last, 'release.json');
  const kept = fs.existsSync(lastList) ? JSON.parse(fs.readFileSync(lastList, 'utf8')) : [];
  for (const name of kept.filter((name) => !own.includes(name))) {
    const from = path.join(last, '_next/static', name);
    const to = path.join(next, '_next/static', name);
    if (!fs.existsSync(from)) continue;
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.copyFileSync(from, to);
  }
  fs.writeFileSync(path.join(next, 'release.json'), JSON.stringify(own));
}

const filesOf = (folder) =>
  fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => fs.statSync(path.join(folder, name)).isFile());

function replace(folder, successor) {
  const old = `${folder}.old`;
  fs.rmSync(old, { recursive: true, force: true });
  if (fs.existsSync(folder)) fs.renameSync(folder, old);
  fs.renameSync(successor, folder);
  fs.rmSync(old, { recursive: true, force: true });
}

const toStderr = () => ({ stdio: ['ignore', process.stderr, process.stderr] });

function readStamps() {
  try {
    return JSON.parse(fs.readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

/** Changes when somebody else builds or removes the output. */
function ageOf(proof) {
  const file = path.join(root, proof);
  return fs.existsSync(file) ? String(fs.statSync(file).mtimeMs) : 'missing';
}

function hashOf(inputs) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const input of inputs) addTo(hash, path.join(root, input));
  return hash.digest('hex');
}

const noInput =
  /^(node_modules|dist|out|out\.new|out\.old|\.next|\.cache|coverage)$|\.tsbuildinfo$|^next-env\.d\.ts$|\.test\.tsx?$/;

function addTo(hash, file) {
  if (!fs.existsSync(file)) return;
  if (!fs.statSync(file).isDirectory()) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
    return;
  }
  for (const name of fs.readdirSync(file).sort()) if (!noInput.test(name)) addTo(hash, path.join(file, name));
}

module.exports = { build };
