import type { getServerSettings, Output } from '@tertulia/contract';
import type { Admission } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import type { Staff } from './ports.js';

export class GetServerSettings {
  constructor(
    private readonly staff: Staff,
    private readonly admission: Admission,
  ) {}

  async execute(actor: Actor): Promise<Output<typeof getServerSettings>> {
    await this.staff.require(actor);
    return { registration: await this.admission.policy() };
  }
}
