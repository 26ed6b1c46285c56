import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const built = process.env['WEB_DIR'] ?? fileURLToPath(new URL('../../apps/web/out/', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain',
  '.json': 'application/json',
};

/** The exported pages on an origin of their own, pointed at a server, as docs/self-hosting.md tells an operator. */
export class StaticWeb {
  private readonly http: Server;
  private api = '';

  constructor() {
    this.http = createServer((request, response) => {
      void this.answer(new URL(request.url ?? '/', 'http://localhost').pathname).then(
        ({ body, headers }) => response.writeHead(200, headers).end(body),
        () => response.writeHead(404).end(),
      );
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve));
    return `http://localhost:${(this.http.address() as AddressInfo).port}`;
  }

  pointAt(api: string): void {
    this.api = api;
  }

  close(): void {
    this.http.close();
    this.http.closeAllConnections();
  }

  private async answer(pathname: string): Promise<{ body: string | Buffer; headers: Record<string, string> }> {
    const name =
      pathname.startsWith('/c/') || pathname === '/c' ? '/c.html' : pathname === '/' ? '/index.html' : pathname;
    const file = path.extname(name) === '' ? `${name}.html` : name;
    const body = await readFile(path.join(built, path.normalize(file)));
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    if (!type.startsWith('text/html')) return { body, headers: { 'content-type': type } };
    const html = body
      .toString()
      .replace('name="tertulia-server" content=""', `name="tertulia-server" content="${this.api}"`);
    return { body: html, headers: { 'content-type': type, 'content-security-policy': this.policy(html) } };
  }

  private policy(html: string): string {
    const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
      ([, script]) => script ?? '',
    );
    const hashes = inline.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    const connect = `connect-src 'self' ${this.api} ${this.api.replace('http', 'ws')}`;
    return ["default-src 'self'", `script-src 'self' ${hashes.join(' ')}`, "style-src 'self'", connect].join('; ');
  }
}
