import { Client } from 'pg';
import type { Fault } from './support/fault.js';
import { pause } from './support/processes.js';

export const openTransaction: Fault = {
  id: 'F18',
  hypothesis:
    'a write transaction is left open for 30 s and more in another database: the p99 of delivery stays within 1 s',
  seconds: 45,
  async run({ stage, duringMs, strike, untilTheEnd }) {
    const client = new Client({ connectionString: stage.postgres.url('postgres') });
    await client.connect();
    untilTheEnd(() => client.end());
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    strike('a write transaction is open');
    await pause(duringMs);
  },
  judge({ complain }, { during, within }) {
    if (during.p99 > within(1_000)) complain(`p99 of the delivery was ${Math.round(during.p99)} ms`);
  },
};

/** A deferred trigger runs inside of the COMMIT, when the transaction has its id and nobody sees it yet. */
const LINGER = `
  create function linger() returns trigger language plpgsql as $$
  begin
    perform pg_sleep(case when random() < 0.3 then 0.2 else 0 end);
    return null;
  end $$;
  create constraint trigger linger after insert on commits deferrable initially deferred
    for each row execute function linger()`;

export const lingeringCommits: Fault = {
  id: 'F18b',
  hypothesis:
    'commits take 200 ms now and then, and so become visible in another order than they began, without Redis: nothing is passed over',
  seconds: 40,
  withoutRedis: true,
  async prepare(cluster) {
    await cluster.query(LINGER);
  },
  run: ({ duringMs }) => pause(duringMs),
};
