import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable, NoticeKind } from '@tertulia/contract';
import ts from 'typescript';
import { createTranslator } from 'use-intl';
import { describe, expect, it } from 'vitest';
import { withWords } from '../lib/with-words';
import adminEn from './admin/en.json';
import adminEs from './admin/es.json';
import talkEn from './en.json';
import talkEs from './es.json';
import securityEn from './security/en.json';
import securityEs from './security/es.json';

const en = withWords(withWords(talkEn, securityEn), adminEn);
const es = withWords(withWords(talkEs, securityEs), adminEs);

type Tree = { [key: string]: string | Tree };

/** Named by what the server says. */
const notices = new Set(NoticeKind.options.map((kind) => `security.${kind}`));

const flatten = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
const english = new Map(flatten(en));
const spanish = new Map(flatten(es));

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

describe('the words', () => {
  it('are the same keys in both languages, none of them empty', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of [...english, ...spanish]) expect(text.trim(), key).not.toBe('');
  });

  it('take the same arguments in both languages', () => {
    const args = (text: string): string[] =>
      [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? ''))].sort();
    for (const [key, text] of english) expect(args(spanish.get(key) ?? ''), key).toEqual(args(text));
  });

  it('can be formatted in both languages', () => {
    const values = {
      count: 3,
      left: 2,
      name: 'n',
      text: 't',
      people: 'p',
      actor: 'a',
      self: 'no',
      toMe: 'no',
      author: 'a',
      time: 't',
      version: '1',
      first: 'f',
      second: 's',
      third: 't',
      by: 'b',
      person: 'p',
      max: 5,
      to: 'open',
      link: () => 'l',
      device: 'd',
      browser: 'b',
      system: 's',
      address: '::1',
      minutes: 30,
    };
    for (const [locale, messages] of [
      ['en', en],
      ['es', es],
    ] as const) {
      const t = createTranslator<typeof en>({
        locale,
        messages: messages,
        onError: (error) => {
          throw error;
        },
      });
      for (const key of english.keys())
        expect(() => t.markup(key as 'common.cancel', values as never), key).not.toThrow();
    }
  });

  it('have a sentence for every refusal the server knows, and for being offline', () => {
    expect(Object.keys(en.errors).sort()).toEqual([...Object.keys(errorTable), 'offline'].sort());
  });

  it('are all used', () => {
    const used = (key: string): boolean => {
      const [space = '', ...rest] = key.split('.');
      if (['errors', 'system', 'audit', 'auditKind'].includes(space) || notices.has(key)) return true;
      const own = rest.join('.');
      return sources.some(
        ({ text }) =>
          text.includes(`'${key}'`) ||
          text.includes(`.${key}`) ||
          (text.includes(`useTranslations('${space}')`) && new RegExp(`['"\`]${own}['"\`]|\\.state\\)`).test(text)),
      );
    };
    expect([...english.keys()].filter((key) => !used(key))).toEqual([]);
  });
});

const SPOKEN = new Set([
  'aria-label',
  'title',
  'placeholder',
  'alt',
  'label',
  'hint',
  'description',
  'aria-description',
]);

/** Words in the source that no language file knows. */
function untranslated(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxAttribute(node) &&
      SPOKEN.has(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    )
      found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found.map((words) => `${file}: ${words}`);
}

it('no words stand in the source', () => {
  expect(
    sources.filter(({ file }) => file.endsWith('.tsx')).flatMap(({ file, text }) => untranslated(file, text)),
  ).toEqual([]);
});
