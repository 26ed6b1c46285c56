import { fileURLToPath } from 'node:url';
import { start, temporaryFolder, untilSaid, type Child } from './processes.js';

const main = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
export const plants = fileURLToPath(new URL('../plant/', import.meta.url));

export interface NodeOptions {
  index: number;
  port: number;
  env: Record<string, string>;
}

/** One server process, as an operator would run it; with preloads it carries what the suite has planted. */
export class ServerNode {
  private child: Child | null = null;
  private readonly dataDir = temporaryFolder();
  private written = '';
  /** How it ended when nobody had asked for it. */
  readonly unasked: string[] = [];
  /** Files of faults/plant, loaded before the server. */
  preloads: readonly string[] = [];
  isReady = false;

  constructor(private readonly options: NodeOptions) {}

  get index(): number {
    return this.options.index;
  }

  get port(): number {
    return this.options.port;
  }

  get pid(): number {
    return this.child?.process.pid ?? 0;
  }

  get logs(): string {
    return this.written + (this.child?.logs() ?? '');
  }

  async start(): Promise<void> {
    const args = [...this.preloads.map((name) => `--import=${plants}${name}`), main];
    const child = start(process.execPath, args, {
      PORT: String(this.port),
      DATA_DIR: this.dataDir,
      ...this.options.env,
    });
    this.child = child;
    void child.gone.then((how) => this.ended(child, how));
    await untilSaid(child, /Tertulia is ready/);
    this.isReady = true;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As a rolling restart does; answers the exit code. */
  stop(): Promise<string> {
    return this.end('SIGTERM');
  }

  freeze(): void {
    this.isReady = false;
    this.child?.process.kill('SIGSTOP');
  }

  thaw(): void {
    this.isReady = true;
    this.child?.process.kill('SIGCONT');
  }

  /** Asks it to end by its own hand, as a preload makes it; resolves when it is gone. */
  async dieOn(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === null) return;
    this.child = null;
    child.process.kill(signal);
    await child.gone;
    this.isReady = false;
    this.written += child.logs();
  }

  private async end(signal: NodeJS.Signals): Promise<string> {
    const { child } = this;
    if (child === null) return '';
    this.child = null;
    this.isReady = false;
    child.process.kill(signal);
    const how = await child.gone;
    this.written += child.logs();
    return how;
  }

  private ended(child: Child, how: string): void {
    if (this.child !== child) return;
    this.child = null;
    this.isReady = false;
    this.written += child.logs();
    this.unasked.push(how);
  }
}
