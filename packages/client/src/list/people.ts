import type { Person } from '@tertulia/contract';
import type { WriteBehind } from '../cache/write-behind.js';

/** Everybody this client has met a name for. */
export class People {
  private readonly known = new Map<string, Person>();
  private shown: readonly Person[] | null = null;

  constructor(
    private readonly disk: WriteBehind,
    private readonly namespace: string,
    private readonly changed: () => void,
  ) {}

  async load(): Promise<void> {
    for (const person of await this.disk.list<Person>('people', this.namespace))
      if (!this.known.has(person.id)) this.known.set(person.id, person);
    this.touch();
  }

  learn(people: readonly Person[]): void {
    const news = people.filter((person) => this.known.get(person.id)?.name !== person.name);
    for (const person of news) {
      this.known.set(person.id, person);
      this.disk.put('people', this.namespace + person.id, () => person);
    }
    if (news.length > 0) this.touch();
  }

  nameOf(id: string): string | null {
    return this.known.get(id)?.name ?? null;
  }

  get all(): readonly Person[] {
    this.shown ??= [...this.known.values()];
    return this.shown;
  }

  private touch(): void {
    this.shown = null;
    this.changed();
  }
}
