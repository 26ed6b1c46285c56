import { Controller } from '@nestjs/common';
import { searchPeople, type Input, type Output } from '@tertulia/contract';
import { In, Route } from '../../platform/http/route.js';
import { SearchPeople } from '../application/search-people.js';

@Controller()
export class PeopleController {
  constructor(private readonly searchPeople: SearchPeople) {}

  @Route(searchPeople)
  search(@In() { q }: Input<typeof searchPeople>): Promise<Output<typeof searchPeople>> {
    return this.searchPeople.execute(q);
  }
}
