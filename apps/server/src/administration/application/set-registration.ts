import type { setRegistration, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { ServerSettings } from './ports.js';

export class SetRegistration {
  constructor(private readonly settings: ServerSettings) {}

  async execute(
    actor: Actor,
    { registration }: Input<typeof setRegistration>,
  ): Promise<Output<typeof setRegistration>> {
    await this.settings.setRegistration(actor, registration);
    return { registration };
  }
}
