import { killNodes } from './f01-kill-nodes.js';
import { deathAfterCommit } from './f02-death-after-commit.js';
import { removedSender } from './f02-removed-sender.js';
import { withoutRedis } from './f04-redis-killed.js';
import { lossyBell } from './f05-lossy-bell.js';
import { editedElsewhere } from './f08-edited-elsewhere.js';
import { lingeringCommits, openTransaction } from './f18-open-transaction.js';
import { twoTabs } from './f20-two-tabs.js';
import { shareCursor } from './plant/share-cursor.js';
import { rewrite, type Bug } from './support/bug.js';
import type { Cluster } from './support/cluster.js';

const sends = ['send_message', 'send_messages'] as const;

async function withoutDedupe(cluster: Cluster): Promise<void> {
  await cluster.query('alter table messages drop constraint messages_client_key');
  await rewrite(cluster, 'send_message', [['m.client_id = p_id', 'm.client_id = p_id AND false']]);
  await rewrite(cluster, 'send_messages', [['m.client_id = i.client_id', 'm.client_id = i.client_id AND false']]);
}

/** Who is no member is refused, whatever they have sent while they were one. */
async function membershipFirst(cluster: Cluster): Promise<void> {
  const isMember = (conversation: string, actor: string): string =>
    `(SELECT true FROM members o WHERE o.conversation_id = ${conversation} AND o.user_id = ${actor}
         AND o.left_ver IS NULL LIMIT 1) IS NOT NULL`;
  const stored = 'WHEN stored.seq IS NOT NULL';
  await rewrite(cluster, 'send_message', [
    ['m.client_id = p_id', `m.client_id = p_id AND ${isMember('p_conversation', 'p_actor')}`],
  ]);
  await rewrite(cluster, 'send_messages', [[stored, `${stored} AND ${isMember('i.conversation_id', 'i.actor_id')}`]]);
}

async function numberWithoutLock(cluster: Cluster): Promise<void> {
  await cluster.query('alter table messages drop constraint messages_conversation_id_seq_pk');
  await cluster.query('alter table changes drop constraint changes_conversation_id_ver_pk');
  for (const name of sends) await rewrite(cluster, name, [[/FOR NO KEY UPDATE( SKIP LOCKED)?/g, '']]);
}

const editOverNewer = (cluster: Cluster): Promise<void> =>
  rewrite(cluster, 'edit_message', [['IF p_base < ver THEN', 'IF false THEN']]);

/** What the end of the design lists. */
export const bugs: readonly Bug[] = [
  {
    name: 'acknowledge before commit',
    under: killNodes,
    // Each waits for its commit, one after the other in a conversation.
    commandsPerSecond: 15,
    preloads: ['acknowledge-before-commit.mjs'],
  },
  { name: 'no dedupe', under: deathAfterCommit, inDatabase: withoutDedupe },
  { name: 'membership before dedupe', under: removedSender, inDatabase: membershipFirst },
  { name: 'one-statement numbering', under: withoutRedis, commandsPerSecond: 100, inDatabase: numberWithoutLock },
  { name: 'poll off with a lossy bell', under: lossyBell, preloads: ['poll-is-deaf.mjs'] },
  { name: 'poll ordered by id alone', under: lingeringCommits, preloads: ['poll-by-highest.mjs'] },
  {
    name: 'the read fenced instead of the cursor',
    under: { ...openTransaction, withoutRedis: true },
    preloads: ['poll-fences-the-read.mjs'],
  },
  { name: 'leave after emit', under: withoutRedis, preloads: ['leave-after-emit.mjs'] },
  { name: 'last ver taken after the snapshot', under: killNodes, preloads: ['join-after-ready.mjs'] },
  { name: 'one cursor shared by two tabs', under: twoTabs, inClient: shareCursor },
  { name: 'an edit retried over a newer one', under: editedElsewhere, inDatabase: editOverNewer },
];
