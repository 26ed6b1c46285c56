import type { Clause } from './finding.js';
import { acknowledgedIsStored } from './invariants/acknowledged-is-stored.js';
import { answersHold } from './invariants/answers-hold.js';
import { cursors } from './invariants/cursors.js';
import { editsConverge } from './invariants/edits-converge.js';
import { endedSessions } from './invariants/ended-sessions.js';
import { membersOnly } from './invariants/members-only.js';
import { noIdTwice } from './invariants/no-id-twice.js';
import { nothingFromNowhere } from './invariants/nothing-from-nowhere.js';
import { numbersWithoutGaps } from './invariants/numbers-without-gaps.js';
import { oneOrder } from './invariants/one-order.js';
import { presence } from './invariants/presence.js';
import { readMarks } from './invariants/read-marks.js';
import { realTimeOrder } from './invariants/real-time-order.js';
import { stateIsWhatWasTold } from './invariants/state-is-what-was-told.js';
import { storesConverge } from './invariants/stores-converge.js';

/** All fifteen. */
export const clauses: readonly Clause[] = [
  ...acknowledgedIsStored,
  ...nothingFromNowhere,
  ...noIdTwice,
  ...numbersWithoutGaps,
  ...oneOrder,
  ...realTimeOrder,
  ...answersHold,
  ...storesConverge,
  ...membersOnly,
  ...endedSessions,
  ...editsConverge,
  ...readMarks,
  ...cursors,
  ...stateIsWhatWasTold,
  ...presence,
];
