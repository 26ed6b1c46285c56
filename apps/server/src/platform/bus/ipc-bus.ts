import { Bus, type BusListener } from './bus.js';

interface Note {
  topic: string;
  message: unknown;
}

/** The bus of nodes that one process has started on one machine: through that process, without any other program. */
export class IpcBus extends Bus {
  private readonly listeners = new Map<string, BusListener[]>();

  constructor() {
    super();
    process.on('message', (note: unknown) => {
      if (isNote(note)) for (const listener of this.listeners.get(note.topic) ?? []) listener(note.message);
    });
  }

  get connected(): boolean {
    return process.connected;
  }

  publish(topic: string, message: unknown): void {
    // Without the callback a broken channel would be an uncaught error.
    if (process.connected) process.send!({ topic, message } satisfies Note, undefined, undefined, () => undefined);
  }

  on(topic: string, listener: BusListener): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  onConnectionChange(): void {
    // When the process that started this one is gone, this one stops too.
  }
}

export const isNote = (value: unknown): value is Note =>
  typeof value === 'object' && value !== null && 'topic' in value && typeof value.topic === 'string';
