/**
 * Writes what is generated in docs/: the OpenAPI and AsyncAPI documents, and the tables between markers in the Markdown
 * files. With --check it writes nothing and fails where a file has drifted from the code.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const require = createRequire(import.meta.url);
const { bootstrap } = require('./lib/bootstrap.cjs');
const { fail, Complaint } = require('./lib/say.cjs');

const root = fileURLToPath(new URL('..', import.meta.url));
const COMMAND = 'npm run docs';

async function main([mode, ...stray]) {
  if ((mode !== undefined && mode !== '--check') || stray.length > 0)
    throw new Complaint('write-docs.mjs takes nothing, or --check.');
  await bootstrap({ pages: false });
  const drifted = [];
  for (const [name, text] of await generated()) {
    const file = path.join(root, name);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    drifted.push(name);
    if (mode === undefined) writeFileSync(file, text);
  }
  if (mode === undefined)
    return console.log(drifted.length > 0 ? `Written: ${drifted.join(', ')}` : 'Nothing changed.');
  if (drifted.length > 0)
    throw new Complaint(
      `${drifted.join(', ')}: not what the code says any more. Run ${COMMAND} and commit the result.`,
    );
}

/** Every generated file as [name, text]. */
async function generated() {
  const contract = await built('packages/contract/dist/index.js');
  const { asyncApiDocument, commands, openApiDocument } = await built('packages/contract/dist/documents/index.js');
  const { configTable } = await built('apps/server/dist/config.js');
  return [
    ['docs/openapi.json', await jsonOf('docs/openapi.json', openApiDocument())],
    ['docs/asyncapi.json', await jsonOf('docs/asyncapi.json', asyncApiDocument())],
    withTables('docs/self-hosting.md', { configuration: configurationTable(configTable) }),
    withTables('docs/realtime-protocol.md', {
      commands: commandTable(commands),
      errors: errorTable(contract.errorTable),
      limits: limitTable(contract.limits),
    }),
  ];
}

const built = (file) => import(new URL(`../${file}`, import.meta.url));

/** As the format check wants it, so that no one has to format it by hand. */
async function jsonOf(name, document) {
  const file = path.join(root, name);
  return format(JSON.stringify(document), { ...(await resolveConfig(file)), filepath: file });
}

/** The text between `<!-- name: … -->` and `<!-- end of name -->` is ours; the rest is somebody's prose. */
function withTables(name, tables) {
  let text = readFileSync(path.join(root, name), 'utf8');
  for (const [block, table] of Object.entries(tables)) {
    const opening = `<!-- ${block}: written by ${COMMAND} -->`;
    const closing = `<!-- end of ${block} -->`;
    const from = text.indexOf(opening);
    const to = text.indexOf(closing);
    if (from === -1 || to < from) throw new Complaint(`${name} lacks the markers ${opening} and ${closing}.`);
    text = `${text.slice(0, from + opening.length)}\n\n${table}\n\n${text.slice(to)}`;
  }
  return [name, text];
}

function table(titles, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text) => `\`${text}\``;

function configurationTable(variables) {
  const rows = variables.map(({ name, default: unset, meaning }) => [code(name), unset, meaning]);
  return table(['Variable', 'Default', 'Meaning'], rows);
}

function commandTable(commands) {
  const rows = commands.map(({ name, event, http, access, errors }) => [
    code(name),
    event === undefined ? '' : code(event),
    http === undefined ? '' : code(http),
    access,
    errors.map(code).join(', '),
  ]);
  return table(['Command', 'Socket event', 'HTTP', 'Access', 'May refuse with, besides the common ones'], rows);
}

function errorTable(errors) {
  const rows = Object.entries(errors).map(([name, { status, retry, sentence }]) => [
    code(name),
    status,
    retry ? 'yes' : '',
    sentence,
  ]);
  return table(['Code', 'HTTP', 'Send again', 'Sentence'], rows);
}

const limitTable = (limits) =>
  table(
    ['Limit', 'Value'],
    Object.entries(limits).map(([name, value]) => [code(name), value]),
  );

main(process.argv.slice(2)).catch(fail);
