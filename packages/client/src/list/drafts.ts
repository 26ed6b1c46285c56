import type { CarefulStorage } from '../storage/careful-storage.js';
import { Timer } from '../wire/backoff.js';

const DELAY_MS = 250;

interface Draft {
  conversation: string;
  text: string;
}

/** What is typed and not sent, on this device. */
export class Drafts {
  private readonly texts = new Map<string, string>();
  private readonly unwritten = new Set<string>();
  private readonly timer = new Timer();

  constructor(
    private readonly storage: CarefulStorage,
    private readonly namespace: string,
    private readonly changed: (conversation: string) => void,
  ) {}

  async load(): Promise<void> {
    for (const { conversation, text } of await this.storage.list<Draft>('drafts', this.namespace)) {
      if (this.texts.has(conversation)) continue;
      this.texts.set(conversation, text);
      this.changed(conversation);
    }
  }

  of(conversation: string): string {
    return this.texts.get(conversation) ?? '';
  }

  set(conversation: string, text: string): void {
    if (this.of(conversation) === text) return;
    this.texts.set(conversation, text);
    this.unwritten.add(conversation);
    this.changed(conversation);
    if (!this.timer.running) this.timer.set(DELAY_MS, () => void this.flush());
  }

  async flush(): Promise<void> {
    this.timer.clear();
    const writes = [...this.unwritten].map((conversation) => {
      const text = this.of(conversation);
      return {
        store: 'drafts' as const,
        key: this.namespace + conversation,
        value: text === '' ? undefined : { conversation, text },
      };
    });
    this.unwritten.clear();
    if (writes.length > 0) await this.storage.write(writes);
  }

  forgetUnwritten(): void {
    this.timer.clear();
    this.unwritten.clear();
  }
}
