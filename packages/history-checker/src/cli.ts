import { check } from './check.js';
import { printReport } from './print-report.js';
import { readHistory } from './read-history.js';

const [file, ...others] = process.argv.slice(2);

if (file === undefined || others.length > 0) {
  process.stderr.write('Name one file with a recorded history: node packages/history-checker/dist/cli.js FILE\n');
  process.exitCode = 2;
} else {
  const report = check(await readHistory(file));
  process.stdout.write(`${printReport(report)}\n`);
  process.exitCode = report.violations.length > 0 ? 1 : 0;
}
