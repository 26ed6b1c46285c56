import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.js';

export interface Redis {
  url: string;
  /** SIGKILL; what it held is gone. */
  kill(): Promise<void>;
  /** Again on the same port, empty. */
  start(): Promise<void>;
}

const live = new Set<ChildProcess>();
process.once('exit', () => live.forEach((child) => child.kill('SIGKILL')));

/** A real Redis on a free port, gone at the end of the test. `npm test` brings the program. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  let child = await launch(port);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(kill);
  return { url: `redis://127.0.0.1:${port}`, kill, start: async () => void (child = await launch(port)) };
}

function program(): string {
  const fetched = fileURLToPath(new URL('../../../../.cache/redis/redis-server', import.meta.url));
  return process.env['REDIS_SERVER'] ?? (existsSync(fetched) ? fetched : 'redis-server');
}

async function launch(port: number): Promise<ChildProcess> {
  const folder = path.parse(process.execPath).root;
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = spawn(program(), options, { stdio: ['ignore', 'pipe', 'inherit'] });
  live.add(child);
  child.once('exit', () => live.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`redis-server could not be started: ${error.message}`)));
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve();
    });
  });
  return child;
}
