/**
 * Documents tell the truth about where things are: every path in backticks and every link to a file of the repository
 * leads somewhere, every command of npm exists, and so does every document that the code names. The two READMEs name the
 * same things.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders that are made by working, and are rightly absent from a fresh clone. */
const made = /^(data|node_modules|screenshots|\.cache)(\/|$)|\/(dist|out)(\/|$)/;

const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
}).stdout.split('\n');
const files = listed.filter((file) => file !== '' && existsSync(path.join(root, file)));
const roots = new Set(files.map((file) => file.split('/')[0]));

const textOf = (file) => readFileSync(path.join(root, file), 'utf8');
const exists = (file) => made.test(file) || existsSync(path.join(root, file));

/** `apps/server/src/main.ts`, `docs/decisions/`, `README.md`: first a folder or a file of the root. */
function pathsIn(text) {
  const prose = text.replace(/^```.*?^```/gms, '');
  const quoted = [...prose.matchAll(/`([^`\s]+)`/g)].map(([, word]) => word.replace(/^\.\//, '').replace(/:\d+$/, ''));
  return quoted.filter((word) => !/[*<>{}]/.test(word)).filter((word) => isPath(word));
}

function isPath(word) {
  const [first, ...rest] = word.split('/');
  if (first === '' || word.includes('://')) return false;
  return rest.length > 0 ? roots.has(first) : /\.(md|cjs|mjs)$/.test(word) && /^[a-zA-Z]/.test(word);
}

/** Relative links, with the anchor where there is one. */
function linksIn(text) {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => target.split('#'));
}

const headings = (text) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) => slug(title));
const slug = (title) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function complaintsAbout(document) {
  const text = textOf(document);
  const complaints = pathsIn(text)
    .filter((named) => !exists(named) && !exists(path.join(path.dirname(document), named)))
    .map((named) => `${document}: there is no ${named}`);
  for (const [target, anchor] of linksIn(text)) {
    const file = target === '' ? document : path.join(path.dirname(document), target);
    if (!exists(file)) complaints.push(`${document}: the link to ${target} leads nowhere`);
    else if (anchor && !headings(textOf(file)).includes(anchor))
      complaints.push(`${document}: ${file} has no heading #${anchor}`);
  }
  return complaints;
}

const { scripts } = JSON.parse(textOf('package.json'));
const known = new Set([...Object.keys(scripts), 'ci']);

function unknownCommands(document) {
  const named = [...textOf(document).matchAll(/(?:^|`|&& )npm (?:run )?([a-z][a-z:-]*)(?=[`\s])/gm)].map(
    ([, name]) => name,
  );
  return named.filter((name) => !known.has(name)).map((name) => `${document}: there is no command npm run ${name}`);
}

/** What one language names and the other does not. */
function differences(one, other) {
  const things = (file) => new Set([...pathsIn(textOf(file)), ...linksIn(textOf(file)).map(([target]) => target)]);
  const [here, there] = [things(one), things(other)];
  const missing = [...here].filter((thing) => !there.has(thing) && thing !== other);
  return missing.map((thing) => `${other} does not name ${thing}, ${one} does`);
}

/** Documents that source files point their readers to. */
function unwritten(source) {
  const named = [...textOf(source).matchAll(/(?<![\w/])(docs\/[\w/-]+\.md)/g)].map(([, file]) => file);
  return named.filter((file) => !exists(file)).map((file) => `${source}: there is no ${file}`);
}

const documents = files.filter((file) => file.endsWith('.md'));
const sources = files.filter((file) => /\.(ts|tsx|cjs|mjs|sql)$/.test(file) && !file.startsWith('scripts/check-docs'));
const complaints = [
  ...documents.flatMap(complaintsAbout),
  ...documents.flatMap(unknownCommands),
  ...differences('README.md', 'README.es.md'),
  ...differences('README.es.md', 'README.md'),
  ...sources.flatMap(unwritten),
];
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 || documents.length === 0 ? 1 : 0;
if (complaints.length === 0) console.log(`${documents.length} documents: every path and link leads somewhere.`);
