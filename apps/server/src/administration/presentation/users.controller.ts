import { Controller } from '@nestjs/common';
import {
  endUserSessions,
  issueRecoveryLink,
  listUsers,
  restoreUser,
  setRole,
  suspendUser,
  transferOwnership,
  type Input,
  type Output,
} from '@tertulia/contract';
import { By, In, Route } from '../../platform/http/route.js';
import type { Actor } from '../../shared/actor.js';
import { EndUserSessions } from '../application/end-user-sessions.js';
import { IssueRecoveryLink } from '../application/issue-recovery-link.js';
import { ListUsers } from '../application/list-users.js';
import { SetRole } from '../application/set-role.js';
import { SuspendUser } from '../application/suspend-user.js';
import { TransferOwnership } from '../application/transfer-ownership.js';

@Controller()
export class UsersController {
  constructor(
    private readonly listing: ListUsers,
    private readonly settingRole: SetRole,
    private readonly transferring: TransferOwnership,
    private readonly suspending: SuspendUser,
    private readonly ending: EndUserSessions,
    private readonly recovering: IssueRecoveryLink,
  ) {}

  @Route(listUsers)
  list(@By() actor: Actor, @In() input: Input<typeof listUsers>): Promise<Output<typeof listUsers>> {
    return this.listing.execute(actor, input);
  }

  @Route(setRole)
  setRole(@By() actor: Actor, @In() input: Input<typeof setRole>): Promise<Output<typeof setRole>> {
    return this.settingRole.execute(actor, input);
  }

  @Route(transferOwnership)
  transfer(
    @By() actor: Actor,
    @In() input: Input<typeof transferOwnership>,
  ): Promise<Output<typeof transferOwnership>> {
    return this.transferring.execute(actor, input);
  }

  @Route(suspendUser)
  suspend(@By() actor: Actor, @In() input: Input<typeof suspendUser>): Promise<Output<typeof suspendUser>> {
    return this.suspending.execute(actor, input);
  }

  @Route(restoreUser)
  restore(@By() actor: Actor, @In() input: Input<typeof restoreUser>): Promise<Output<typeof restoreUser>> {
    return this.suspending.restore(actor, input);
  }

  @Route(endUserSessions)
  endSessions(@By() actor: Actor, @In() input: Input<typeof endUserSessions>): Promise<Output<typeof endUserSessions>> {
    return this.ending.execute(actor, input);
  }

  @Route(issueRecoveryLink)
  recover(@By() actor: Actor, @In() input: Input<typeof issueRecoveryLink>): Promise<Output<typeof issueRecoveryLink>> {
    return this.recovering.execute(actor, input);
  }
}
