import { createRequire } from 'node:module';
import { measure } from '../support/measure.mjs';
import { shown } from '../support/numbers.mjs';

const pg = createRequire(new URL('../../apps/server/package.json', import.meta.url))('pg');
const MESSAGES = 40_000;
const PAIRS = 50;

/** How fast the disk fills: the messages and the change log with all their indexes. */
export async function bytes(stage) {
  const scene = await stage.directScene(PAIRS);
  const { databaseUrl } = await stage.tertulia();
  const generator = await stage.generator();
  await generator.call('connect', scene.tertulia.crowd);
  const before = await sizes(databaseUrl);
  await measure(stage, scene.tertulia, 'closedLoop', { messages: MESSAGES, inFlight: 4, bytes: 100 });
  const after = await sizes(databaseUrl);
  await generator.call('disconnect');
  const each = (name) => (after[name] - before[name]) / MESSAGES;
  const all = each('messages') + each('changes');
  return [
    {
      work: 'bytes on disk per 100-byte message, change log and all indexes included',
      tertulia: `${shown(all)} (message ${shown(each('messages'))}, change log ${shown(each('changes'))})`,
      target: '≤ 400',
      isMet: all <= 400,
    },
  ];
}

async function sizes(databaseUrl) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query(
      `select pg_total_relation_size('messages')::int as messages, pg_total_relation_size('changes')::int as changes`,
    );
    return rows[0];
  } finally {
    await client.end();
  }
}
