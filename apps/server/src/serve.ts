import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.js';
import { createApp, type RunningApp } from './create-app.js';
import type { Foundation, Undo } from './foundation.js';
import { BootError } from './platform/boot-error.js';
import { Origins } from './platform/http/origins.js';
import type { Logger } from './platform/logging/logger.js';

/** One node: from its foundation to listening. Answers the address to open. */
export async function serve(config: Config, foundation: Foundation, logger: Logger, undo: Undo[]): Promise<string> {
  const secrets = foundation.secrets.map((secret) => Buffer.from(secret, 'hex'));
  const running = await createApp(config, {
    databaseUrl: foundation.databaseUrl,
    redis: config.redisUrl === null ? null : { url: config.redisUrl, namespace: namespaceOf(foundation.secrets) },
    dataFolder: config.dataDir,
    logger,
    eventsPerSecond: config.eventsPerSecond,
    door: { trustProxy: config.trustProxy, socketsPerAddress: config.socketsPerAddress },
    smtp: config.smtpUrl === null ? null : { url: config.smtpUrl, from: config.mailFrom ?? '' },
    origins: new Origins(config.publicUrl?.origin ?? null, config.corsOrigins),
    secrets,
    secure: config.publicUrl?.protocol === 'https:',
    publicOrigin: config.publicUrl?.origin ?? null,
    version: version(),
  });
  undo.push(() => running.stop());
  return listen(running.app, config);
}

/**
 * The nodes of one chat share the secret: so they find each other on a Redis that serves others too. While it is exchanged,
 * node by node, all know the same two in one order or the other.
 */
function namespaceOf(secrets: readonly string[]): string {
  const [first = ''] = [...secrets].sort();
  return createHmac('sha256', Buffer.from(first, 'hex')).update('bus').digest('base64url').slice(0, 16);
}

async function listen(app: RunningApp['app'], { host, port, publicUrl }: Config): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new BootError(
        `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
      );
    }
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new BootError(`Port ${port} may not be used by this user. Choose one above 1023: PORT=3000 npm start`);
    }
    throw error;
  }
  const bound = (app.getHttpServer().address() as AddressInfo).port;
  const shown = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return publicUrl?.origin ?? `http://${shown}:${bound}`;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
