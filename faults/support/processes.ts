import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { settings } from './settings.js';

const live = new Set<ChildProcess>();
const folders = new Set<string>();
const endings = new Set<() => void>();

process.once('exit', () => {
  for (const child of live) child.kill('SIGKILL');
  for (const end of endings) end();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

// Whoever ends the suite from outside does not leave a PostgreSQL behind.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(130));

/** Also when the suite dies on the way. Synchronous. */
export const atExit = (end: () => void): void => void endings.add(end);

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tertulia-faults-'));
  folders.add(folder);
  return folder;
}

export interface Child {
  process: ChildProcess;
  /** All that it wrote. */
  logs(): string;
  gone: Promise<string>;
}

export function start(command: string, args: readonly string[], env: Record<string, string> = {}): Child {
  const child = spawn(command, args, { env: { PATH: settings.path, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  live.add(child);
  let logs = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (logs += chunk.toString()));
  const gone = once(child, 'close').then(([code, signal]) => {
    live.delete(child);
    return String(signal ?? code);
  });
  return { process: child, logs: () => logs, gone };
}

/** Waits until it has written a line that matches. */
export async function untilSaid(
  { process: child, logs, gone }: Child,
  line: RegExp,
  patienceMs = 90_000,
): Promise<void> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (line.test(logs())) resolve();
      };
      child.stdout?.on('data', look);
      void gone.then((how) => reject(new Error(`it ended (${how}) before it said ${line.source}:\n${logs()}`)));
      look();
    });
  } finally {
    clearTimeout(deadline);
  }
}

export async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
