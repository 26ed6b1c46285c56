import { describe, expect, it } from 'vitest';
import { linkify } from './linkify';

const links = (text: string): string[] => linkify(text).flatMap((piece) => (piece.href ? [piece.href] : []));

describe('links are links', () => {
  it('http, https, mailto and www', () => {
    expect(links('see https://example.org/a?b=c#d and http://localhost:3000/x')).toEqual([
      'https://example.org/a?b=c#d',
      'http://localhost:3000/x',
    ]);
    expect(links('mailto:ana@example.org')).toEqual(['mailto:ana@example.org']);
    expect(links('www.example.org')).toEqual(['https://www.example.org/']);
  });

  it('the punctuation after one is text, its own brackets are not', () => {
    expect(linkify('(https://example.org/a).')).toEqual([
      { text: '(' },
      { text: 'https://example.org/a', href: 'https://example.org/a' },
      { text: ').' },
    ]);
    expect(links('https://es.wikipedia.org/wiki/Mesa_(mueble)')).toEqual([
      'https://es.wikipedia.org/wiki/Mesa_(mueble)',
    ]);
    expect(links('¿Viste https://example.org?')).toEqual(['https://example.org/']);
  });

  it('what was written is what is shown', () => {
    const text = 'a https://example.org/ñ, b\nwww.example.org c مرحبا 👩‍🚀';
    expect(
      linkify(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('nothing else becomes one', () => {
  const corpus = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//http',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    '[click](javascript:alert(1))',
    'blob:abc',
    'http://',
    'https://?',
    'mailto:',
    'mailto:%ff',
    'xhttps://example.org',
    'ftp://example.org',
  ];
  it.each(corpus)('%s is text', (text) => {
    expect(linkify(text)).toEqual([{ text }]);
  });

  it('a link ends where markup would begin', () => {
    expect(links('https://example.org/"onmouseover="alert(1)')).toEqual(['https://example.org/']);
    expect(links('https://example.org/<svg onload=alert(1)>')).toEqual(['https://example.org/']);
    for (const href of links('https://javascript:alert(1)@example.org https://a@b@c')) expect(href).toMatch(/^https:/);
  });
});

it('a message of 16 KB of the worst is split in time', () => {
  const begun = performance.now();
  linkify('https://'.repeat(2000));
  linkify('https://a' + ')'.repeat(16_000));
  linkify('www.'.repeat(4000));
  expect(performance.now() - begun).toBeLessThan(1000);
});
