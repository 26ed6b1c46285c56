import type { listUsers, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { ManagedAccounts, Staff } from './ports.js';

export class ListUsers {
  constructor(
    private readonly staff: Staff,
    private readonly accounts: ManagedAccounts,
  ) {}

  async execute(actor: Actor, query: Input<typeof listUsers>): Promise<Output<typeof listUsers>> {
    await this.staff.require(actor);
    return this.accounts.list(query);
  }
}
