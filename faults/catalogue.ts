import { killNodes } from './f01-kill-nodes.js';
import { deathAfterCommit } from './f02-death-after-commit.js';
import { removedSender } from './f02-removed-sender.js';
import { databaseKilled } from './f03-database-killed.js';
import { redisKilled, withoutRedis } from './f04-redis-killed.js';
import { lossyBell } from './f05-lossy-bell.js';
import { databaseUnreachable } from './f06-database-unreachable.js';
import { redisCut } from './f07-redis-cut.js';
import { editedElsewhere } from './f08-edited-elsewhere.js';
import { halfOpen } from './f08-half-open.js';
import { slowReaders } from './f09-slow-readers.js';
import { skewedClocks } from './f10-skewed-clocks.js';
import { diskFull } from './f11-disk-full.js';
import { frozenNode, stalledDatabase } from './f12-frozen.js';
import { rollingRestart } from './f13-rolling-restart.js';
import { socketsCut } from './f14-sockets-cut.js';
import { longLife } from './f15-long-life.js';
import { hotGroup } from './f16-hot-group.js';
import { olderCopy, restoredDump } from './f17-older-copy.js';
import { lingeringCommits, openTransaction } from './f18-open-transaction.js';
import { twoTabs } from './f20-two-tabs.js';
import type { Fault } from './support/fault.js';

/** Every fault, in the order of its number. */
export const catalogue: readonly Fault[] = [
  killNodes,
  deathAfterCommit,
  removedSender,
  databaseKilled,
  redisKilled,
  withoutRedis,
  lossyBell,
  databaseUnreachable,
  redisCut,
  halfOpen,
  editedElsewhere,
  slowReaders,
  skewedClocks,
  diskFull,
  frozenNode,
  stalledDatabase,
  rollingRestart,
  socketsCut,
  longLife,
  hotGroup,
  olderCopy,
  restoredDump,
  openTransaction,
  lingeringCommits,
  twoTabs,
];
