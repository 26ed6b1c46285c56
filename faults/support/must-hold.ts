import { expect } from 'vitest';
import type { Fault } from './fault.js';
import { asLine } from './figures.js';
import { historyFile, prove, type ProofOptions } from './prove.js';
import type { Stage } from './stage.js';

/** Nobody ends a session here, or watches who is there; and where nothing is refused, 7 has little to say. */
const mayBeSilent = new Set([7, 10, 15]);

/** Proves one fault and prints its figures; fails with all that did not hold. */
export async function mustHold(stage: Stage, fault: Fault, options: ProofOptions): Promise<void> {
  const { figures, complaints, notes, report } = await prove(stage, fault, options);
  process.stdout.write(`${[asLine(figures), ...notes].join('\n  ')}\n`);
  expect(complaints, `seed ${options.seed}; the history is in ${historyFile(fault, options.seed)}`).toEqual([]);
  expect(report.notApplicable.filter((invariant) => !mayBeSilent.has(invariant))).toEqual([]);
  expect(figures.delivered).toBeGreaterThan(figures.acknowledged);
}
