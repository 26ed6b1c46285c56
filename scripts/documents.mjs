/** Writes the documents that are generated from the code; with --check only says which ones differ. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { asyncApiDocument, openApiDocument } from '../packages/contract/dist/documents/index.js';
import { configTable } from '../apps/server/dist/config.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

const documents = {
  'docs/reference/openapi.json': json(openApiDocument()),
  'docs/reference/asyncapi.json': json(asyncApiDocument()),
  'docs/reference/configuration.md': configuration(),
};

function configuration() {
  const rows = configTable.map((row) => `| \`${row.name}\` | ${row.default} | ${row.meaning} |`);
  return [
    '# Configuration',
    '',
    'Every setting is an environment variable, and none is needed. A wrong value stops the start with its name.',
    'Made from `apps/server/src/config.ts` by `npm run documents`.',
    '',
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const isCheck = process.argv.includes('--check');
const stale = Object.entries(documents).filter(([name, text]) => contentOf(path.join(root, name)) !== text);
for (const [name, text] of stale) {
  if (isCheck) console.error(`${name} is not what the code says: run npm run documents and commit it`);
  else write(path.join(root, name), text);
}
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;

function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
