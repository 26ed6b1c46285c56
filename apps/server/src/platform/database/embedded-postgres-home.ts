import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { BootError } from '../boot-error.js';
import { writeFileAtomically } from '../data-dir.js';
import type { Binaries } from './embedded-postgres-binaries.js';

export interface Outcome {
  code: number | null;
  output: string;
}

/** Where the cluster lives and as whom its programs run. */
export interface Home {
  cluster: string;
  logFile: string;
  /** The owner of the cluster's files when it is not the user of this process. */
  owner?: User;
  run(program: 'initdb' | 'pg_ctl', args: string[]): Promise<Outcome>;
}

interface User {
  name: string;
  uid: number;
  gid: number;
}

const ELSEWHERE = '/var/lib/tertulia';

/** PostgreSQL refuses to run as root. Root runs it as an ordinary user inside a user namespace, where its files stay root's. */
export async function chooseHome(dataDir: string, binaries: Binaries, log: (sentence: string) => void): Promise<Home> {
  const pointer = path.join(dataDir, 'postgres-is-elsewhere');
  if (process.getuid?.() !== 0) return homeHere(dataDir, binaries, []);
  if (!existsSync(pointer)) {
    const wrapper = await userNamespace();
    if (wrapper !== null) return homeHere(dataDir, binaries, wrapper);
  }
  return homeElsewhere(dataDir, pointer, binaries, log);
}

function homeHere(dataDir: string, binaries: Binaries, wrapper: string[]): Home {
  return {
    cluster: path.join(dataDir, 'postgres'),
    logFile: path.join(dataDir, 'postgres.log'),
    run: (program, args) => run([...wrapper, path.join(binaries.dir, 'bin', program), ...args]),
  };
}

/** The words before a command that make root look like an ordinary user to it; null where the system bars that. */
async function userNamespace(): Promise<string[] | null> {
  // The user must have a name: initdb asks for it.
  const user = (await users()).find(({ uid }) => uid > 0 && uid < 60_000) ?? (await findUser('nobody'));
  if (user === undefined) return null;
  const wrapper = ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'];
  const { code } = await run([...wrapper, 'true']);
  return code === 0 ? wrapper : null;
}

/** Another user cannot enter every folder of root's, so the programs and the cluster move to where they can. */
export async function homeElsewhere(
  dataDir: string,
  pointer: string,
  binaries: Binaries,
  log: (sentence: string) => void,
): Promise<Home> {
  const owner = (await findUser('postgres')) ?? (await findUser('nobody'));
  if (owner === undefined) throw barred('and there is no user postgres or nobody to run it as.');
  if (existsSync(path.join(dataDir, 'postgres'))) {
    throw barred(
      `and ${path.join(dataDir, 'postgres')} belongs to root. Give the data folder to an ordinary user (chown -R) and start as that user.`,
    );
  }
  const dir = await elsewhereOf(dataDir, pointer);
  await mkdir(dir, { recursive: true, mode: 0o755 });
  await chown(dir, owner.uid, owner.gid);
  await chmod(dir, 0o700);
  const programs = await copyPrograms(binaries);
  log(
    `PostgreSQL does not run as root, and this system bars user namespaces: it runs as ${owner.name}, and the database is in ${dir}.`,
  );
  return {
    cluster: path.join(dir, 'postgres'),
    logFile: path.join(dir, 'postgres.log'),
    owner,
    run: (program, args) => run([path.join(programs, 'bin', program), ...args], owner),
  };
}

function barred(rest: string): BootError {
  return new BootError(
    `PostgreSQL does not run as root, this system bars user namespaces, ${rest} Or set DATABASE_URL.`,
  );
}

async function elsewhereOf(dataDir: string, pointer: string): Promise<string> {
  if (existsSync(pointer)) return (await readFile(pointer, 'utf8')).trim();
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const dir = path.join(ELSEWHERE, id);
  await writeFileAtomically(pointer, `${dir}\n`);
  return dir;
}

async function copyPrograms({ dir, version }: Binaries): Promise<string> {
  const copy = path.join(ELSEWHERE, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}.new`;
  await cp(dir, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}

async function users(): Promise<User[]> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  return lines
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

const findUser = async (name: string): Promise<User | undefined> => (await users()).find((user) => user.name === name);

/** In a session of its own: Ctrl-C in the terminal must not reach PostgreSQL before the server has drained. */
function run([command = '', ...args]: string[], user?: User): Promise<Outcome> {
  return new Promise((resolve) => {
    const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
    const child = spawn(command, args, { ...identity, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => {
      resolve({ code: null, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}
