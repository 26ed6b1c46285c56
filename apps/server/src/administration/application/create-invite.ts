import type { createInvite, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import { hashOfToken, newToken } from '../../shared/link-token.js';
import type { Invites } from './ports.js';

export class CreateInvite {
  constructor(private readonly invites: Invites) {}

  async execute(actor: Actor, input: Input<typeof createInvite>): Promise<Output<typeof createInvite>> {
    const token = newToken();
    return { invite: await this.invites.create(actor, { ...input, tokenHash: hashOfToken(token) }), token };
  }
}
