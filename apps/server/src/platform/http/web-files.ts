import express, { type RequestHandler, type Response } from 'express';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const YEAR = 'public, max-age=31536000, immutable';

/** Answers with the exported pages. `/c/…` is one page for every conversation and message: the browser reads the address. */
export async function webFiles(directory: string): Promise<RequestHandler> {
  const policies = await contentPolicies(directory);
  const files = express.static(directory, {
    redirect: false,
    setHeaders: (response: Response, file: string) => {
      response.setHeader('Cache-Control', file.includes(`${path.sep}_next${path.sep}static${path.sep}`) ? YEAR : 'no-cache');
      if (file.endsWith('.html')) response.setHeader('Content-Security-Policy', policies.get(file) ?? contentPolicy([]));
    },
  });
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !request.path.startsWith('/api/');
    if (!isPage) {
      next();
      return;
    }
    request.url = fileOf(directory, policies, request.path);
    files(request, response, () => {
      notFound(directory, policies, response, next);
    });
  };
}

/** The export puts a folder beside each page, so the page has to be named in full. */
function fileOf(directory: string, policies: ReadonlyMap<string, string>, asked: string): string {
  if (asked === '/c' || asked.startsWith('/c/')) return '/c.html';
  return policies.has(path.join(directory, `${asked}.html`)) ? `${asked}.html` : asked;
}

function notFound(directory: string, policies: ReadonlyMap<string, string>, response: Response, next: () => void): void {
  const page = path.join(directory, '404.html');
  const policy = policies.get(page);
  if (policy === undefined) {
    next();
    return;
  }
  response.status(404).setHeader('Content-Security-Policy', policy).setHeader('Cache-Control', 'no-cache').sendFile(page);
}

/** By file: the policy with the hashes of that page's own inline scripts, so that no other one can run. */
async function contentPolicies(directory: string): Promise<Map<string, string>> {
  const pages = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.html'));
  return new Map(
    await Promise.all(
      pages.map(async (name): Promise<[string, string]> => {
        const html = await readFile(path.join(directory, name), 'utf8');
        const hashes = [...html.matchAll(INLINE_SCRIPT)].map(([, script]) => `'sha256-${createHash('sha256').update(script ?? '').digest('base64')}'`);
        return [path.join(directory, name), contentPolicy([...new Set(hashes)])];
      }),
    ),
  );
}

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
