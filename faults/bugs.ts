import { killNodes } from './f01-kill-nodes.js';
import { deathAfterCommit } from './f02-death-after-commit.js';
import { withoutRedis } from './f04-redis-killed.js';
import { lossyBell } from './f05-lossy-bell.js';
import { openTransaction } from './f18-open-transaction.js';
import { rewrite, type Bug } from './support/bug.js';
import type { Cluster } from './support/cluster.js';
import type { Fault } from './support/fault.js';

const common = { seconds: 14, commandsPerSecond: 40 };

const sends = ['send_message', 'send_messages'];
const calm: Fault = { ...withoutRedis, judge: () => undefined };

async function withoutDedupe(cluster: Cluster): Promise<void> {
  await cluster.query('alter table messages drop constraint messages_client_key');
  for (const name of sends) {
    const key = name === 'send_message' ? 'm.client_id = p_id' : 'm.client_id = i.client_id';
    await rewrite(cluster, name, [[key, `${key} AND false`]]);
  }
}

async function numberWithoutLock(cluster: Cluster): Promise<void> {
  await cluster.query('alter table messages drop constraint messages_pkey');
  await cluster.query('alter table changes drop constraint changes_pkey');
  for (const name of sends) await rewrite(cluster, name, [['FOR NO KEY UPDATE', '']]);
}

/** What the end of the design lists, and what else was worth it. */
export const bugs: readonly Bug[] = [
  {
    ...common,
    name: 'acknowledge before commit',
    under: killNodes,
    commandsPerSecond: 20,
    preloads: ['acknowledge-before-commit.mjs'],
  },
  { ...common, name: 'no dedupe', under: deathAfterCommit, inDatabase: withoutDedupe },
  { ...common, name: 'one-statement numbering', under: calm, inDatabase: numberWithoutLock },
  { ...common, name: 'poll off with a lossy bell', under: lossyBell, preloads: ['poll-is-deaf.mjs'] },
  { ...common, name: 'poll ordered by id alone', under: calm, preloads: ['poll-by-highest.mjs'] },
  { ...common, name: 'leave after emit', under: calm, preloads: ['leave-after-emit.mjs'] },
  { ...common, name: 'last ver taken after the snapshot', under: killNodes, preloads: ['join-after-ready.mjs'] },
  {
    ...common,
    name: 'the read fenced instead of the cursor',
    under: { ...openTransaction, withoutRedis: true },
    preloads: ['poll-fences-the-read.mjs'],
  },
];
