import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { shown } from './numbers.mjs';
import { inRepository, root } from './paths.mjs';

const verdict = (isMet) => (isMet === undefined ? '' : isMet ? 'met' : 'missed');
const cells = ({ work, tertulia = '–', bare = '–', ratio, target = '–', isMet }) => [
  work,
  tertulia,
  bare,
  ratio === undefined ? '–' : `${shown(ratio)} ×`,
  target,
  verdict(isMet),
];

/** `sections`: the name of a bench and its rows. */
export function printTable(sections) {
  const heads = ['', 'Tertulia', 'bare socket.io', 'ratio', 'target', ''];
  for (const { name, rows } of sections) {
    console.log(`\n${name}`);
    for (const row of rows) {
      const [work, ...values] = cells(row);
      console.log(`  ${work}`);
      const said = values.map((value, index) =>
        value === '–' || value === '' ? null : `${heads[index + 1]} ${value}`.trim(),
      );
      console.log(`      ${said.filter((text) => text !== null).join(' · ')}`);
    }
  }
}

export function writeFigures(sections, othersShare) {
  const lines = sections.flatMap(({ name, rows }) =>
    rows.map((row) => `| ${[...cells(row), `\`npm run bench -- ${name}\``].join(' | ')} |`),
  );
  writeFileSync(inRepository('docs/figures.md'), `${head(othersShare)}${lines.join('\n')}\n${foot}`);
}

function head(othersShare) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const machine = `${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB of memory, Node ${process.versions.node}`;
  return `# Figures

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}; ${machine}. Programs that have nothing to do with it took
${Math.round(othersShare * 100)} % of the processor meanwhile. Do not edit: run it again.

| work | Tertulia | bare socket.io | ratio | target | | command |
| --- | --- | --- | --- | --- | --- | --- |
`;
}

const foot = `
## How to read them

- **CPU per unit of work**, user and system as the kernel counts them, summed over the server and every process of its PostgreSQL. It
  holds on a busy machine where times do not; even so, compare ratios, and think nothing of a difference under a fifth.
- **Bare socket.io** is \`bench/support/baseline-server.mjs\`, measured in the same run, turn and turn about: the same version and settings,
  the same packets in and out, but no database, no accounts, no rules. What it costs no server on socket.io can save.
- **The server** is the built one with the PostgreSQL of its own data folder, \`fsync\` on, real accounts. Only its brakes are off
  (\`EVENTS_PER_SECOND\`, and the registrations per address): one generator stands for hundreds of people.
- **The generator** is a process of its own on the same machine; its CPU is not counted. Bodies have 100 bytes. Each figure is the median of
  three runs after one that only warms up; latency runs from the call to send until the last member has the message.
- Every message is checked: stored once, delivered once to every member, in the order of its conversation. Otherwise there is no figure.
- Memory per connection is the growth of the resident memory after a full collection.
- Where the time goes: \`npm run bench -- direct --profile\`, then \`node bench/support/top-costs.mjs FILE\`.
`;
