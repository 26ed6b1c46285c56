import type { listInvites, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { Invites, Staff } from './ports.js';

export class ListInvites {
  constructor(
    private readonly staff: Staff,
    private readonly invites: Invites,
  ) {}

  async execute(actor: Actor): Promise<Output<typeof listInvites>> {
    await this.staff.require(actor);
    return { invites: await this.invites.list() };
  }
}
