import { killNodes } from './f01-kill-nodes.js';
import { deathAfterCommit } from './f02-death-after-commit.js';
import { databaseKilled } from './f03-database-killed.js';
import { redisKilled, withoutRedis } from './f04-redis-killed.js';
import { lossyBell } from './f05-lossy-bell.js';
import { rollingRestart } from './f13-rolling-restart.js';
import type { Fault } from './support/fault.js';

/** Every fault, in the order of its number. */
export const catalogue: readonly Fault[] = [
  killNodes,
  deathAfterCommit,
  databaseKilled,
  redisKilled,
  withoutRedis,
  lossyBell,
  rollingRestart,
];
