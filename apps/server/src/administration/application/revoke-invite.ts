import type { revokeInvite, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { Invites } from './ports.js';

export class RevokeInvite {
  constructor(private readonly invites: Invites) {}

  async execute(actor: Actor, { invite }: Input<typeof revokeInvite>): Promise<Output<typeof revokeInvite>> {
    return { invite: await this.invites.revoke(actor, invite) };
  }
}
