export { check, type Counts, type Judgement, type Report } from './check.js';
export type { Violation } from './finding.js';
export * from './history.js';
export { printReport } from './print-report.js';
export { readHistory } from './read-history.js';
export { Recorder } from './recorder.js';
