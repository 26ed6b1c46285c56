import express, { type RequestHandler, type Response } from 'express';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
/** Nothing in it that could lead out of the folder: no part begins with a dot. */
const PLAIN_PATH = /^(\/[\w~-][\w.~-]*)+$/;
/** What the build writes beside each text file, the smaller first. */
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;
const YEAR = 'public, max-age=31536000, immutable';

/** Answers with the exported pages. `/c/…` is one page for every conversation and message: the browser reads the address. */
export function webFiles(directory: string): RequestHandler {
  const policies = new ContentPolicies();
  const files = express.static(directory, {
    redirect: false,
    // The ETag says the same; every file of a first load would carry both.
    lastModified: false,
    acceptRanges: false,
    setHeaders: (response: Response, file: string) => {
      const plain = encode(response, file);
      response.setHeader(
        'Cache-Control',
        plain.includes(`${path.sep}_next${path.sep}static${path.sep}`) ? YEAR : 'no-cache',
      );
      if (plain.endsWith('.html')) response.setHeader('Content-Security-Policy', policies.of(plain));
    },
  });
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !request.path.startsWith('/api/');
    if (!isPage) {
      next();
      return;
    }
    const file = fileOf(directory, request.path);
    const encoding = encodings.find(
      ({ name, ending }) => request.acceptsEncodings(name) && isFile(directory, file + ending),
    );
    response.locals['encoding'] = encoding;
    request.url = file + (encoding?.ending ?? '');
    files(request, response, () => {
      notFound(directory, policies, response, next);
    });
  };
}

/** The headers of a file that the build has compressed; gives its name without the ending. */
function encode(response: Response, file: string): string {
  response.vary('Accept-Encoding');
  const encoding = response.locals['encoding'] as (typeof encodings)[number] | undefined;
  if (!encoding) return file;
  const plain = file.slice(0, -encoding.ending.length);
  response.setHeader('Content-Encoding', encoding.name);
  response.type(path.extname(plain));
  return plain;
}

/** The export puts a folder beside each page, so the page has to be named in full. */
function fileOf(directory: string, asked: string): string {
  if (asked === '/') return '/index.html';
  if (asked === '/c' || asked.startsWith('/c/')) return '/c.html';
  return isFile(directory, `${asked}.html`) ? `${asked}.html` : asked;
}

const isFile = (directory: string, name: string): boolean =>
  PLAIN_PATH.test(name) && existsSync(path.join(directory, name));

function notFound(directory: string, policies: ContentPolicies, response: Response, next: () => void): void {
  const page = path.join(directory, '404.html');
  if (!existsSync(page)) {
    next();
    return;
  }
  response
    .status(404)
    .setHeader('Content-Security-Policy', policies.of(page))
    .setHeader('Cache-Control', 'no-cache')
    .sendFile(page);
}

/** The policy of a page: the hashes of its own inline scripts, so that no other one can run. Read again when the page was built anew. */
class ContentPolicies {
  private readonly known = new Map<string, { modified: number; policy: string }>();

  of(page: string): string {
    const modified = statSync(page).mtimeMs;
    const known = this.known.get(page);
    if (known?.modified === modified) return known.policy;
    const scripts = [...readFileSync(page, 'utf8').matchAll(INLINE_SCRIPT)].map(([, script]) => script ?? '');
    const policy = contentPolicy([...new Set(scripts.map(hashOf))]);
    this.known.set(page, { modified, policy });
    return policy;
  }
}

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

export function contentPolicy(scriptHashes: readonly string[]): string {
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...scriptHashes].join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
