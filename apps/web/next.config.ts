import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants';

const root = fileURLToPath(new URL('../..', import.meta.url));
const compileMessages = fileURLToPath(new URL('./compile-messages.cjs', import.meta.url));
const manifest = new URL('./package.json', import.meta.url);
const version = existsSync(manifest)
  ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
  : '0';

const shared: NextConfig = {
  reactStrictMode: true,
  images: { unoptimized: true },
  poweredByHeader: false,
  turbopack: {
    root,
    rules: {
      '*.json': {
        condition: { path: /\/src\/messages\/(?:\w+\/)?\w+\.json$/ },
        loaders: [compileMessages],
        as: '*.js',
      },
    },
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  outputFileTracingRoot: root,
  transpilePackages: ['@tertulia/client', '@tertulia/contract'],
  env: { NEXT_PUBLIC_VERSION: version },
};

/** In development the server runs beside us on a port of its own; one origin is kept by passing its paths on. */
function development(): NextConfig {
  const api = process.env['API_ORIGIN'] ?? 'http://localhost:3000';
  return {
    ...shared,
    skipTrailingSlashRedirect: true,
    rewrites: () =>
      Promise.resolve([
        { source: '/socket.io', destination: `${api}/socket.io/` },
        { source: '/socket.io/:path*', destination: `${api}/socket.io/:path*` },
        { source: '/api/:path*', destination: `${api}/api/:path*` },
      ]),
  };
}

export default function config(phase: string): NextConfig {
  return phase === PHASE_DEVELOPMENT_SERVER
    ? development()
    : { ...shared, output: 'export', distDir: process.env['WEB_OUT'] ?? 'out' };
}
