import type { Judgement, Report } from './check.js';

/** Of each statement so many are printed with what shows them; the rest is a number. */
const SHOWN = 5;

export function printReport({ counts, judgements, violations, notApplicable }: Report): string {
  const figures = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const missing = notApplicable.length > 0 ? ` Not applicable: ${notApplicable.join(', ')}.` : '';
  return [...judgements.flatMap(linesOf), `${figures.join(', ')}. ${violations.length} violations.${missing}`].join(
    '\n',
  );
}

function linesOf({ invariant, says, examined, violations }: Judgement): string[] {
  const verdict = violations.length > 0 ? 'VIOLATED' : examined > 0 ? 'held' : 'not applicable';
  const looked = examined > 0 ? ` (${examined} looked at)` : '';
  const shown = violations
    .slice(0, SHOWN)
    .flatMap(({ message, entries }) => [
      `     ${message}`,
      ...entries.slice(0, SHOWN).map((entry) => `       ${JSON.stringify(entry).slice(0, 300)}`),
    ]);
  const rest = violations.length > SHOWN ? [`     … and ${violations.length - SHOWN} more`] : [];
  return [`${String(invariant).padStart(2)}  ${verdict}: ${says}${looked}`, ...shown, ...rest];
}
