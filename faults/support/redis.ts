import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort, start, temporaryFolder, untilSaid, type Child } from './processes.js';
import { settings } from './settings.js';

const fetched = fileURLToPath(new URL('../../.cache/redis/redis-server', import.meta.url));

/** A Redis without memory: what it held is gone when it comes back. */
export class Redis {
  private child: Child | null = null;

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Redis> {
    const redis = new Redis(await freePort(), temporaryFolder());
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = start(program(), [...args, '--dir', this.folder]);
    await untilSaid(this.child, /Ready to accept connections/);
  }

  async kill(): Promise<void> {
    this.child?.process.kill('SIGKILL');
    await this.child?.gone;
    this.child = null;
  }
}

function program(): string {
  if (settings.redisServer !== null) return settings.redisServer;
  if (existsSync(fetched)) return fetched;
  throw new Error('redis-server is missing: npm run faults fetches it, or name it in REDIS_SERVER.');
}
