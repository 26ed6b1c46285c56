import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { startServer, temporaryFolder, type Server } from './support/server.js';

const INLINE = 'self.theme="dark"';

let server: Server;
let database: Database;

beforeAll(async () => {
  const webDir = temporaryFolder();
  const files: Record<string, string> = {
    'index.html': `<!doctype html><script>${INLINE}</script><script src="/_next/static/a.js"></script>home`,
    'c.html': '<!doctype html>shell',
    'login.html': '<!doctype html>login',
    '404.html': '<!doctype html>nothing here',
    '_next/static/a.js': 'a',
    'login/__next._tree.txt': 'tree',
    'c.html.gz': gzipSync('<!doctype html>shell').toString('latin1'),
    '_next/static/a.js.br': brotliCompressSync('a').toString('latin1'),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(webDir, name)), { recursive: true });
    writeFileSync(path.join(webDir, name), text, 'latin1');
  }
  database = await createDatabase();
  server = await startServer({
    databaseUrl: database.url,
    env: { WEB_DIR: webDir, CORS_ORIGINS: 'http://localhost:4444' },
  });
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

const get = async (address: string, headers: Record<string, string> = {}) => {
  const response = await fetch(server.url + address, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('one origin for pages, API and sockets', () => {
  it.each([
    ['/', 200, 'home'],
    ['/login', 200, 'login'],
    ['/c', 200, 'shell'],
    ['/c/AAAAAAAAAAAAAAAA', 200, 'shell'],
    ['/c/AAAAAAAAAAAAAAAA/m/12', 200, 'shell'],
    ['/nowhere', 404, 'nothing here'],
    ['/../package.json', 404, 'nothing here'],
    ['/%2e%2e/package.json', 404, 'nothing here'],
  ])('%s answers %i with the page', async (address, status, text) => {
    const answer = await get(address);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  });

  it('keeps what has a hash in its name for a year, and the API not at all', async () => {
    expect((await get('/_next/static/a.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get('/api/server')).headers.get('cache-control')).toBe('no-store');
  });

  it('sends what the build has compressed, as what it is', async () => {
    const encoded = async (address: string, accept: string) => {
      const { headers, text } = await get(address, { 'accept-encoding': accept });
      return [headers.get('content-encoding'), headers.get('content-type'), headers.get('vary'), text];
    };
    const script = 'text/javascript; charset=utf-8';
    expect(await encoded('/_next/static/a.js', 'gzip, br')).toEqual([
      'br',
      script,
      expect.stringContaining('Accept-Encoding'),
      'a',
    ]);
    expect(await encoded('/_next/static/a.js', 'gzip')).toEqual([
      null,
      script,
      expect.stringContaining('Accept-Encoding'),
      'a',
    ]);
    expect(await encoded('/c/AAAAAAAAAAAAAAAA', 'gzip, br')).toEqual([
      'gzip',
      'text/html; charset=utf-8',
      expect.any(String),
      '<!doctype html>shell',
    ]);
    expect((await get('/c/x', { 'accept-encoding': 'gzip' })).headers.get('content-security-policy')).toContain(
      "script-src 'self'",
    );
    expect((await get('/%E0%A4%A')).status).toBeLessThan(500);
  });

  it('lets only the scripts run that the page came with', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    const hash = createHash('sha256').update(INLINE).digest('base64');
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(policy).not.toContain('unsafe');
    for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "style-src 'self';"])
      expect(policy).toContain(directive);
    expect((await get('/c/x')).headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  it('sends the headers of a careful server', async () => {
    const { headers } = await get('/');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('answers CORS only for the origins the operator has listed, exactly', async () => {
    const allowed = async (origin: string) =>
      (await get('/api/server', { origin })).headers.get('access-control-allow-origin');
    expect(await allowed('http://localhost:4444')).toBe('http://localhost:4444');
    expect(await allowed('http://localhost:44444')).toBeNull();
    expect(await allowed('https://evil.example')).toBeNull();
  });

  it('serves the API documents without inline scripts', async () => {
    const page = await get('/api/docs');
    expect(page.text).not.toMatch(/<script>|onload=/);
    expect(page.headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect((await get('/api/docs/swagger-ui-bundle.js')).status).toBe(200);
    const document = JSON.parse((await get('/api/docs/openapi.json')).text) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toContain('/api/conversations/{conversation}/messages');
  });
});
