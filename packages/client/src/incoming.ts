import type { Message } from '@tertulia/contract';

/** Gathers what arrives in one burst, so that it is told once per conversation. */
export class Incoming {
  private waiting = new Map<string, Message[]>();

  constructor(private readonly tell: (conversation: string, messages: readonly Message[]) => void) {}

  add(conversation: string, message: Message): void {
    if (this.waiting.size === 0) queueMicrotask(() => this.flush());
    const messages = this.waiting.get(conversation);
    if (messages === undefined) this.waiting.set(conversation, [message]);
    else messages.push(message);
  }

  private flush(): void {
    const { waiting } = this;
    this.waiting = new Map();
    for (const [conversation, messages] of waiting) this.tell(conversation, messages);
  }
}
