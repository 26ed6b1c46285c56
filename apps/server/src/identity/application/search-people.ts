import { limits, type Output, type searchPeople } from '@tertulia/contract';
import type { People } from './ports.js';

export class SearchPeople {
  constructor(private readonly people: People) {}

  async execute(q: string): Promise<Output<typeof searchPeople>> {
    return { people: await this.people.search(q, limits.people) };
  }
}
