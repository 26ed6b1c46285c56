/**
 * What the README promises to a newcomer, done for real: clone, `npm start`, open the page, register, write; stop, start
 * again, and find what was written. In a temporary folder, with an empty home and no variable of this shell.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FIRST_START_MS = 10 * 60_000;
const SECOND_START_MS = 60_000;
const STOP_MS = 30_000;
const USUAL_PORT = 3000;

const say = (line) => process.stderr.write(`fresh clone: ${line}\n`);
const tally = { passed: 0, failed: 0 };
const person = {
  email: 'newcomer@example.org',
  name: 'Ana Núñez',
  password: `correct horse ${randomUUID()}`,
};
const words = `The first message: ¡hola, 世界! ${randomUUID()}`;

async function fact(name, work) {
  const since = Date.now();
  const result = await work();
  tally.passed += 1;
  say(`${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
  return result;
}

/** For the table of figures, which cannot make a clone of its own each time. */
function noteSeconds(seconds) {
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  writeFileSync(path.join(root, '.cache/fresh-clone.json'), JSON.stringify({ seconds }));
}

async function main() {
  const { email, password } = person;
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tertulia fresh ')));
  const home = path.join(folder, 'home');
  const clone = path.join(folder, 'tertulia');
  let server;
  try {
    execFileSync('mkdir', [home]);
    await fact('the commit is cloned', () => cloneTo(clone));
    const env = await environment(home);
    const since = performance.now();
    server = await fact('the first npm start is ready', () => start(clone, env, FIRST_START_MS));
    await fact('the page is there', () => requirePage(server.url));
    noteSeconds((performance.now() - since) / 1000);
    const grant = await fact('a person registers', () => post(server.url, '/api/auth/register', person));
    const sent = await fact('and writes', () => send(server.url, grant));
    await fact('the server stops', () => stop(server, clone));
    server = await fact('the second npm start is ready', () => start(clone, env, SECOND_START_MS));
    const again = await fact('the person logs in', () => post(server.url, '/api/auth/login', { email, password }));
    await fact('and finds the message', () => requireMessage(server.url, again, sent));
    await fact('the server stops again', () => stop(server, clone));
  } catch (error) {
    tally.failed += 1;
    say(`FAILED: ${error.stack}\n${server?.log() ?? ''}`);
  } finally {
    server?.end();
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = tally.failed > 0 ? 1 : 0;
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
}

function cloneTo(clone) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const commit = git('rev-parse', 'HEAD');
  if (git('status', '--porcelain') !== '')
    say('this folder has changes that are not committed; they are not in the clone');
  git('clone', '--quiet', '--no-checkout', root, clone);
  git('-C', clone, 'checkout', '--quiet', '--detach', commit);
}

/** How this machine reaches npm's registry is npm's own affair; nothing else of the shell goes in. */
async function environment(home) {
  const npm = (name) => execFileSync('npm', ['config', 'get', name], { cwd: root, encoding: 'utf8' }).trim();
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_cache: npm('cache'),
    npm_config_userconfig: npm('userconfig'),
  };
  if (await isFree(USUAL_PORT)) return env;
  say(`port ${USUAL_PORT} is taken on this machine, so this clone gets PORT=0`);
  return { ...env, PORT: '0' };
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** `npm start` as a person types it; answers when it has said that it is ready. */
async function start(clone, env, patienceMs) {
  const child = spawn('npm', ['start'], { cwd: clone, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  const log = () => Buffer.concat(chunks).toString();
  const gone = once(child, 'close');
  const end = () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  };
  process.once('exit', end);
  const deadline = setTimeout(end, patienceMs);
  try {
    const url = await new Promise((resolve, reject) => {
      const look = (chunk) => {
        chunks.push(chunk);
        const found = /Tertulia is ready: (http:\/\/\S+)/.exec(log());
        if (found) resolve(found[1]);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      gone.then(() => reject(new Error(`npm start ended before the server was ready:\n${log()}`)), reject);
    });
    return { url, child, log, gone, end };
  } finally {
    clearTimeout(deadline);
  }
}

async function requirePage(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  const page = await answer.text();
  if (answer.status !== 200 || !page.includes('<html'))
    throw new Error(`The page answered ${answer.status}: ${page.slice(0, 500)}`);
}

async function post(url, route, body, token) {
  return answerOf(
    await fetch(new URL(route, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tertulia': '1', ...authorization(token) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    }),
  );
}

const authorization = (token) => (token === undefined ? {} : { authorization: `Bearer ${token}` });

async function answerOf(answer) {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}

function send(url, { accessToken, user }) {
  return post(url, '/api/messages', { to: user.id, id: randomUUID(), body: words }, accessToken);
}

async function requireMessage(url, { accessToken }, { conversation, seq }) {
  const route = new URL(`/api/conversations/${conversation}/messages`, url);
  const { messages } = await answerOf(
    await fetch(route, { headers: authorization(accessToken), signal: AbortSignal.timeout(20_000) }),
  );
  const found = messages.filter(({ body }) => body === words);
  if (found.length !== 1 || found[0].seq !== seq)
    throw new Error(`Found ${found.length} of the one message: ${JSON.stringify(messages)}`);
}

async function stop({ child, gone, log }, clone) {
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  const [, signal] = await gone;
  clearTimeout(deadline);
  if (signal === 'SIGKILL') throw new Error(`npm start did not end within ${STOP_MS / 1000} s of SIGTERM:\n${log()}`);
  const pidFile = path.join(clone, 'data/postgres/postmaster.pid');
  if (existsSync(pidFile)) throw new Error(`PostgreSQL was left running: ${readFileSync(pidFile, 'utf8')}`);
}

await main();
