interface Waiting<V> {
  key: string;
  resolve: (value: V | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Look-ups that are asked one by one and read many at once: what is asked while a question is under way is the next
 * question, so one alone waits for nothing. Nothing is kept, and nobody is answered by a question that was put before
 * they asked.
 */
export class Gathered<V> {
  private waiting: Waiting<V>[] = [];
  private isAsking = false;

  constructor(private readonly read: (keys: string[]) => Promise<Map<string, V>>) {}

  find(key: string): Promise<V | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ key, resolve, reject });
      if (!this.isAsking) void this.ask();
    });
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    while (this.waiting.length > 0) {
      const asked = this.waiting;
      this.waiting = [];
      try {
        const found = await this.read([...new Set(asked.map(({ key }) => key))]);
        for (const { key, resolve } of asked) resolve(found.get(key) ?? null);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.isAsking = false;
  }
}
