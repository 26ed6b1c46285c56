import { Timer } from '../wire/backoff.js';

const PATIENCE_MS = 1_000;

/**
 * A row of the server may be ahead of the open window by changes that are on their way. But where a stream begins with
 * the row, what lies before it is never told: what is still missing after a second is asked for.
 */
export class LagWatch {
  private suspects = new Set<string>();
  private readonly timer = new Timer();

  constructor(
    private readonly lags: (conversation: string) => boolean,
    private readonly ask: () => void,
  ) {}

  suspect(conversation: string): void {
    if (!this.lags(conversation)) return;
    this.suspects.add(conversation);
    if (!this.timer.running) this.timer.set(PATIENCE_MS, () => this.look());
  }

  close(): void {
    this.timer.clear();
  }

  private look(): void {
    const { suspects } = this;
    this.suspects = new Set();
    if ([...suspects].some((conversation) => this.lags(conversation))) this.ask();
  }
}
