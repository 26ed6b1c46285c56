import type { OutputOf } from '../wire/routes.js';
import { Timer } from '../wire/backoff.js';

const DELAY_MS = 200;

/** Loads a conversation with its members: one question in flight for each, and a burst of reasons asks once. */
export class Refetch {
  private inFlight = new Map<string, Promise<void>>();
  private readonly soon = new Map<string, Timer>();

  constructor(
    private readonly ask: (conversation: string) => Promise<OutputOf<'getConversation'>>,
    private readonly take: (answer: OutputOf<'getConversation'>) => void,
  ) {}

  now(conversation: string): Promise<void> {
    const { inFlight } = this;
    const held = inFlight.get(conversation);
    if (held !== undefined) return held;
    const asking = this.ask(conversation)
      .then((answer) => {
        if (inFlight === this.inFlight) this.take(answer);
      })
      .finally(() => inFlight.delete(conversation));
    inFlight.set(conversation, asking);
    return asking;
  }

  /** What is on its way is of another epoch. */
  clear(): void {
    this.inFlight = new Map();
  }

  later(conversation: string): void {
    if (this.soon.has(conversation)) return;
    const timer = new Timer();
    this.soon.set(conversation, timer);
    timer.set(DELAY_MS, () => {
      this.soon.delete(conversation);
      void this.now(conversation).catch(() => {});
    });
  }

  close(): void {
    for (const timer of this.soon.values()) timer.clear();
    this.soon.clear();
  }
}
