import type { ClientEvent } from './api.js';

type Listener = (event: ClientEvent) => void;
/** The event as it would be told now; null: nothing to tell. */
type Read = () => ClientEvent | null;

/** Tells the listeners what changed: whole states, at most one event per topic and microtask. */
export class Notifier {
  private readonly listeners = new Set<Listener>();
  private readonly topics = new Map<string, Read>();
  private readonly marked = new Set<string>();
  private readonly once: ClientEvent[] = [];
  private scheduled = false;

  constructor(private readonly log: (message: string, detail?: unknown) => void) {}

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    for (const read of this.topics.values()) this.tell(read(), [listener]);
    return () => this.listeners.delete(listener);
  }

  offer(topic: string, read: Read): void {
    this.topics.set(topic, read);
    this.mark(topic);
  }

  withdraw(topic: string): void {
    this.topics.delete(topic);
    this.marked.delete(topic);
  }

  mark(topic: string): void {
    this.marked.add(topic);
    this.schedule();
  }

  /** An event that is no state, like "incoming". */
  announce(event: ClientEvent): void {
    this.once.push(event);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    const topics = [...this.marked];
    const events = this.once.splice(0);
    this.marked.clear();
    for (const topic of topics) this.tell(this.topics.get(topic)?.() ?? null, this.listeners);
    for (const event of events) this.tell(event, this.listeners);
  }

  private tell(event: ClientEvent | null, listeners: Iterable<Listener>): void {
    if (event === null) return;
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.log('a listener threw', error);
      }
    }
  }
}
