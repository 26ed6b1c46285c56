import { killNodes } from './f01-kill-nodes.js';
import type { Fault } from './support/fault.js';

/** Every fault, in the order of its number. */
export const catalogue: readonly Fault[] = [killNodes];
