'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { find, root, run } = require('./run.cjs');
const { during, Complaint } = require('./say.cjs');

const LOCK_SECONDS = 300;
const fonts = ['fonts-noto-color-emoji', 'fonts-noto-cjk', 'fonts-noto-core'];

/** The path of a Chromium for the browser tests, installed when there is none and apt may. */
async function bringChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = process.env.CHROMIUM || find(...names);
  if (found) return found;
  const why = 'The browser tests need Chromium.';
  await install(['chromium'], why);
  const installed = find(...names);
  if (installed === null) throw missing(['chromium'], why);
  return installed;
}

/** So that a picture shows every script and emoji. */
async function bringFonts() {
  const listed =
    spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}\n', ...fonts], { encoding: 'utf8' }).stdout ?? '';
  const installed = listed.split('\n').filter((status) => status === 'installed');
  if (installed.length < fonts.length) await install(fonts, 'The pictures need fonts for every script.');
}

/**
 * The path of a redis-server. Debian's package would start a service on the usual port when installed, so its files are
 * only unpacked here.
 */
async function bringRedis() {
  const found = process.env.REDIS_SERVER || find('redis-server');
  if (found) return found;
  const folder = path.join(root, '.cache/redis');
  const program = path.join(folder, 'redis-server');
  if (fs.existsSync(program)) return program;
  const why = 'The tests with several nodes need redis-server.';
  if (find('apt-get') === null || find('dpkg') === null) throw missing(['redis-server'], why);
  await during('Fetching redis-server', () => unpackRedis(folder, why));
  writeLauncher(program, folder);
  return program;
}

async function unpackRedis(folder, why) {
  const downloads = path.join(folder, 'packages');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(downloads, { recursive: true });
  const names = (await withLists(() => neededFor('redis-server'))) ?? [];
  if (names.length === 0) throw missing(['redis-server'], why);
  // apt's own user may not enter this folder.
  if (
    (await run('apt-get', ['download', '-q', '-o', 'APT::Sandbox::User=root', ...names], {
      cwd: downloads,
      stdio: ['ignore', 'ignore', process.stderr],
    })) !== 0
  )
    throw missing(['redis-server'], why);
  for (const file of fs.readdirSync(downloads)) {
    if ((await run('dpkg', ['-x', path.join(downloads, file), folder])) !== 0) throw missing(['redis-server'], why);
  }
  fs.rmSync(downloads, { recursive: true });
}

/** The package and what it needs and this system lacks; null when apt does not know it. */
function neededFor(name) {
  const { status, stdout } = spawnSync('apt-get', ['install', '--simulate', '-qq', '--no-install-recommends', name], {
    encoding: 'utf8',
  });
  if (status !== 0) return null;
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, needed]) => needed);
}

/** Its libraries are where they were unpacked. */
function writeLauncher(program, folder) {
  const libraries = fs.readdirSync(path.join(folder, 'usr/lib')).filter((name) => name.includes('-linux-'));
  const searched = libraries.map((name) => path.join(folder, 'usr/lib', name)).join(':');
  fs.writeFileSync(
    program,
    `#!/bin/sh\nLD_LIBRARY_PATH=${quoted(searched)} exec ${quoted(`${folder}/usr/bin/redis-server`)} "$@"\n`,
    { mode: 0o755 },
  );
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

async function install(names, why) {
  const prefix = administrator();
  if (find('apt-get') === null || prefix === null) throw missing(names, why);
  const [command, ...args] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    `DPkg::Lock::Timeout=${LOCK_SECONDS}`,
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
  ];
  await during(`Installing ${names.join(' ')} with apt`, async () => {
    const attempt = async () =>
      (await run(command, [...args, ...names], { stdio: ['ignore', 'ignore', process.stderr] })) === 0 ? true : null;
    if ((await withLists(attempt)) === null) throw missing(names, why);
  });
}

/** apt's lists are empty on a new machine and old on others: fetched when the first attempt fails. */
async function withLists(attempt) {
  const first = await attempt();
  const prefix = administrator();
  if (first !== null || prefix === null) return first;
  const [command, ...args] = [...prefix, 'apt-get', '-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`, 'update', '-q'];
  await run(command, args, { stdio: ['ignore', 'ignore', process.stderr] });
  return attempt();
}

/** The words before a command that make it root's; null when that would need a password. */
function administrator() {
  if (process.getuid?.() === 0) return [];
  return find('sudo') !== null && spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
}

function missing(names, why) {
  return new Complaint(
    `${why} On Debian and Ubuntu: sudo apt-get install ${names.join(' ')}. Elsewhere, install it from your system's packages.`,
  );
}

module.exports = { bringChromium, bringFonts, bringRedis };
