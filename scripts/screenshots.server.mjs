import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { PASSWORD, seedSmall } from './seed/seed.mjs';

const local = createRequire(import.meta.url);
const { root } = local('./lib/run.cjs');
const { say } = local('./lib/say.cjs');
const { startEmbeddedPostgres } = await import(
  new URL('../apps/server/dist/platform/database/embedded-postgres.js', import.meta.url).href
);

const READY = /Tertulia is ready: (http:\/\/\S+)/;
/** Somebody who has not talked with anybody yet. */
const NEWCOMER = { email: 'nuria@example.org', name: 'Nuria Vidal' };

/** A server of its own with the people and conversations of the example, for as long as `work` takes. */
export async function withExampleServer(work) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tertulia-screenshots-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: say, fsync: false });
  try {
    const { people } = await seedSmall(postgres.url);
    const server = await startServer(postgres.url, dataDir);
    try {
      await post(server.url, '/api/auth/register', { ...NEWCOMER, password: PASSWORD });
      const emails = { ana: people[0].email, newcomer: NEWCOMER.email };
      await work({ url: server.url, logIn: (who) => logIn(server.url, emails[who]) });
    } finally {
      await server.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startServer(databaseUrl, dataDir) {
  const child = spawn(process.execPath, ['apps/server/dist/main.js'], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = READY.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('error', reject);
    void gone.then((code) => reject(new Error(`The server ended with ${code}.`)));
  });
  return { url, stop: () => (child.kill('SIGTERM'), gone) };
}

/** The cookie of a new session. */
async function logIn(url, email) {
  const response = await post(url, '/api/auth/login', { email, password: PASSWORD });
  // The other one is the device's.
  const line = response.headers.getSetCookie().find((each) => !each.includes('-device='));
  const [pair] = line.split(';');
  const at = pair.indexOf('=');
  return { name: pair.slice(0, at), value: pair.slice(at + 1), httpOnly: true, sameSite: 'Strict' };
}

async function post(url, address, body) {
  const response = await fetch(url + address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
  return response;
}
