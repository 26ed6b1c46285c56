import type { CarefulStorage } from '../storage/careful-storage.js';

interface Draft {
  conversation: string;
  text: string;
}

/** What is typed and not sent, on this device. Stored at once: who calls this waits for a pause, and the page may be going. */
export class Drafts {
  private readonly texts = new Map<string, string>();

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
    this.changed(conversation);
    const value = text === '' ? undefined : ({ conversation, text } satisfies Draft);
    void this.storage.write([{ store: 'drafts', key: this.namespace + conversation, value }]);
  }
}
