import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { findBinaries } from '../../apps/server/src/platform/database/embedded-postgres-binaries.js';
import {
  readSettings,
  requireCluster,
  settingsFile,
  USER,
} from '../../apps/server/src/platform/database/embedded-postgres-cluster.js';
import { chooseHome, type Home } from '../../apps/server/src/platform/database/embedded-postgres-home.js';
import { atExit, freePort, pause, temporaryFolder } from './processes.js';

/** What pg_ctl says of it. */
const NOT_RUNNING = 3;

const options = (port: number, folder: string): string =>
  Object.entries({
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: `'${folder}'`,
    max_connections: 120,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_checkpoints: 'off',
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

/** The PostgreSQL that the server brings, in a folder of its own, with fsync on; to be killed, stopped, stalled and started. */
export class Postgres {
  private constructor(
    private readonly home: Home,
    readonly dataDir: string,
    readonly port: number,
    private readonly password: string,
  ) {
    atExit(() => this.endNow());
  }

  static async open(dataDir = temporaryFolder()): Promise<Postgres> {
    const binaries = await findBinaries();
    const home = await chooseHome(dataDir, binaries, () => undefined);
    const { password } = await readSettings(dataDir, home);
    await requireCluster(home, binaries, password, true);
    const postgres = new Postgres(home, dataDir, await freePort(), password);
    await postgres.start();
    const [durable] = await postgres.query<{ fsync: string; commit: string }>(
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );
    if (durable?.fsync !== 'on' || durable.commit !== 'on')
      throw new Error('durability is claimed, and not switched on');
    return postgres;
  }

  /** Another one, empty, that the same password opens. */
  static async twinOf({ dataDir }: Postgres): Promise<Postgres> {
    const other = temporaryFolder();
    await cp(settingsFile(dataDir), settingsFile(other));
    return Postgres.open(other);
  }

  /** Through `port`, which may be a link's. */
  url(database: string, port = this.port): string {
    return `postgres://${USER}:${this.password}@127.0.0.1:${port}/${database}`;
  }

  /** The folder of its files. */
  get cluster(): string {
    return this.home.cluster;
  }

  async start(): Promise<void> {
    const args = ['-D', this.home.cluster, '-l', this.home.logFile, '-w', '-t', '120'];
    for (let attempt = 1; ; attempt += 1) {
      const { code, output } = await this.home.run('pg_ctl', [
        ...args,
        '-o',
        options(this.port, this.dataDir),
        'start',
      ]);
      if (code === 0) return;
      // The children of a killed postmaster hold its memory for a moment.
      if (attempt === 20)
        throw new Error(`PostgreSQL does not start: ${output}\n${readFileSync(this.home.logFile, 'utf8')}`);
      await pause(100);
    }
  }

  /** Where it fell and could not get up again: as whoever runs it would. */
  async requireRunning(): Promise<void> {
    while (!(await this.answers())) {
      const { code } = await this.home.run('pg_ctl', ['-D', this.home.cluster, 'status']);
      if (code === NOT_RUNNING) await this.start();
      else await pause(100);
    }
  }

  private answers(): Promise<boolean> {
    return this.query('select 1').then(
      () => true,
      () => false,
    );
  }

  /** In the middle of whatever it does. */
  async stopImmediately(): Promise<void> {
    await this.home.run('pg_ctl', ['-D', this.home.cluster, '-w', '-m', 'immediate', 'stop']);
  }

  async stop(): Promise<void> {
    await this.home.run('pg_ctl', ['-D', this.home.cluster, '-w', '-m', 'fast', 'stop']);
  }

  kill(): void {
    process.kill(this.pid, 'SIGKILL');
  }

  /** Every process of it: nobody answers, no connection breaks. */
  stall(): void {
    for (const pid of this.pids) process.kill(pid, 'SIGSTOP');
  }

  resume(): void {
    for (const pid of this.pids) process.kill(pid, 'SIGCONT');
  }

  async query<T>(statement: string, values: unknown[] = [], database = 'postgres'): Promise<T[]> {
    const client = new Client({ connectionString: this.url(database) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(statement, values)).rows as T[];
    } finally {
      await client.end();
    }
  }

  private get pid(): number {
    return Number(readFileSync(path.join(this.home.cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  private get pids(): number[] {
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(this.pid)], { encoding: 'utf8' });
    return [
      this.pid,
      ...children
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(Number),
    ];
  }

  private endNow(): void {
    try {
      process.kill(this.pid, 'SIGQUIT');
    } catch {
      // It is gone.
    }
  }
}
