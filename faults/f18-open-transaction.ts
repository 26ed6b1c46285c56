import { Client } from 'pg';
import type { Fault } from './support/fault.js';
import { pause } from './support/processes.js';

const OPEN_MS = 30_000;

export const openTransaction: Fault = {
  id: 'F18',
  hypothesis: 'a write transaction is left open for 30 s in another database: the p99 of delivery stays within 1 s',
  seconds: 45,
  async run({ stage, duringMs, strike }) {
    const client = new Client({ connectionString: stage.postgres.url('postgres') });
    await client.connect();
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    strike('a write transaction is open');
    await pause(Math.min(OPEN_MS, duringMs));
    await client.query('rollback');
    await client.end();
  },
  judge({ complain }, { during, within }) {
    if (during.p99 > within(1_000)) complain(`p99 of the delivery was ${Math.round(during.p99)} ms`);
  },
};
