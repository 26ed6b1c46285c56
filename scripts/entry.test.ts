import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (...args: string[]): { status: number | null; stderr: string } =>
  spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

describe('npm start and npm test', () => {
  it.each(['scripts/start.cjs', 'scripts/test.cjs'])('%s tells an old Node what is needed', (entry) => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '16.20.2' }); require('./${entry}')`;
    const { status, stderr } = node('-e', pretend);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Tertulia needs Node\.js 20\.19\.0 or newer; this is 16\.20\.2\. .*\n$/);
  });

  it.each([
    'scripts/start.cjs',
    'scripts/test.cjs',
    'scripts/lib/require-node.cjs',
    'scripts/lib/refuse-arguments.cjs',
    'scripts/lib/read-nodes.cjs',
  ])('%s can be read by an old Node', (file) => {
    const code = readFileSync(`${root}${file}`, 'utf8');
    const languageOptions = { ecmaVersion: 2017, sourceType: 'commonjs' } as const;
    expect(new Linter().verify(code, { files: ['**/*.cjs'], languageOptions }, { filename: 'entry.cjs' })).toEqual([]);
  });

  it.each(['scripts/start.cjs', 'scripts/test.cjs'])('%s refuses what it would ignore', (entry) => {
    // What npm hands over of "npm start --nodes 3".
    const { status, stderr } = node(entry, '3');
    expect(status).toBe(1);
    expect(stderr).toMatch(/takes no arguments( but the number of nodes)?, and was given: 3\n/);
  });
});
