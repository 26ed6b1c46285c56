import { Controller } from '@nestjs/common';
import {
  createInvite,
  getServerSettings,
  listAudit,
  listInvites,
  revokeInvite,
  setRegistration,
  type Input,
  type Output,
} from '@tertulia/contract';
import { By, In, Route } from '../../platform/http/route.js';
import type { Actor } from '../../shared/actor.js';
import { CreateInvite } from '../application/create-invite.js';
import { GetServerSettings } from '../application/get-server-settings.js';
import { ListAudit } from '../application/list-audit.js';
import { ListInvites } from '../application/list-invites.js';
import { RevokeInvite } from '../application/revoke-invite.js';
import { SetRegistration } from '../application/set-registration.js';

@Controller()
export class AdministrationController {
  constructor(
    private readonly getting: GetServerSettings,
    private readonly setting: SetRegistration,
    private readonly inviting: CreateInvite,
    private readonly listing: ListInvites,
    private readonly revoking: RevokeInvite,
    private readonly auditing: ListAudit,
  ) {}

  @Route(getServerSettings)
  settings(@By() actor: Actor): Promise<Output<typeof getServerSettings>> {
    return this.getting.execute(actor);
  }

  @Route(setRegistration)
  setRegistration(
    @By() actor: Actor,
    @In() input: Input<typeof setRegistration>,
  ): Promise<Output<typeof setRegistration>> {
    return this.setting.execute(actor, input);
  }

  @Route(createInvite)
  createInvite(@By() actor: Actor, @In() input: Input<typeof createInvite>): Promise<Output<typeof createInvite>> {
    return this.inviting.execute(actor, input);
  }

  @Route(listInvites)
  listInvites(@By() actor: Actor): Promise<Output<typeof listInvites>> {
    return this.listing.execute(actor);
  }

  @Route(revokeInvite)
  revokeInvite(@By() actor: Actor, @In() input: Input<typeof revokeInvite>): Promise<Output<typeof revokeInvite>> {
    return this.revoking.execute(actor, input);
  }

  @Route(listAudit)
  listAudit(@By() actor: Actor, @In() input: Input<typeof listAudit>): Promise<Output<typeof listAudit>> {
    return this.auditing.execute(actor, input);
  }
}
