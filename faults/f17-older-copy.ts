import { cp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { dump, restore } from './support/dump.js';
import type { Fault } from './support/fault.js';
import { Postgres } from './support/postgres.js';
import { pause } from './support/processes.js';

export const olderCopy: Fault = {
  id: 'F17',
  hypothesis:
    'an older cold copy of the database is put back: clients begin anew, no number is shown for two messages, deliveries go on',
  seconds: 40,
  async run({ stage, duringMs, strike }) {
    const { postgres } = stage;
    const copy = path.join(postgres.dataDir, 'copy');
    await postgres.stop();
    await cp(postgres.cluster, copy, { recursive: true });
    await postgres.start();
    strike('a cold copy was made');
    await pause(duringMs / 2);
    await postgres.stop();
    await rm(postgres.cluster, { recursive: true });
    await rename(copy, postgres.cluster);
    await postgres.start();
    strike('the older copy was put back');
    await pause(duringMs / 2);
  },
};

export const restoredDump: Fault = {
  id: 'F17b',
  hypothesis:
    'a dump is restored into another PostgreSQL: clients begin anew, no number is shown for two messages, deliveries go on',
  seconds: 40,
  async run({ cluster, duringMs, strike }) {
    const copy = await dump(cluster.postgres.url(cluster.database));
    strike('a dump was made');
    await pause(duringMs / 2);
    for (const { postgres } of cluster.links) postgres.weather = 'cut';
    const elsewhere = await Postgres.twinOf(cluster.postgres);
    await elsewhere.query(`create database ${cluster.database}`);
    await restore(elsewhere.url(cluster.database), copy);
    cluster.moveTo(elsewhere);
    for (const { postgres } of cluster.links) postgres.weather = 'pass';
    strike('the dump was restored elsewhere');
    await pause(duringMs / 2);
  },
};
