import { Controller } from '@nestjs/common';
import {
  addMembers,
  createGroup,
  getConversation,
  leaveGroup,
  listConversations,
  markRead,
  removeMember,
  renameGroup,
  startDirect,
  type Input,
  type Output,
} from '@tertulia/contract';
import { By, In, Route } from '../../platform/http/route.js';
import type { Actor } from '../../shared/actor.js';
import { AddMembers } from '../application/add-members.js';
import { CreateGroup } from '../application/create-group.js';
import { GetConversation, ListConversations } from '../application/list-conversations.js';
import { MarkRead } from '../application/mark-read.js';
import { RemoveMember } from '../application/remove-member.js';
import { RenameGroup } from '../application/rename-group.js';
import { StartDirect } from '../application/start-direct.js';

@Controller()
export class ConversationsController {
  constructor(
    private readonly listing: ListConversations,
    private readonly getting: GetConversation,
    private readonly starting: StartDirect,
    private readonly creating: CreateGroup,
    private readonly adding: AddMembers,
    private readonly removing: RemoveMember,
    private readonly renaming: RenameGroup,
    private readonly marking: MarkRead,
  ) {}

  @Route(listConversations)
  list(@By() actor: Actor, @In() input: Input<typeof listConversations>): Promise<Output<typeof listConversations>> {
    return this.listing.execute(actor, input);
  }

  @Route(getConversation)
  get(@By() actor: Actor, @In() input: Input<typeof getConversation>): Promise<Output<typeof getConversation>> {
    return this.getting.execute(actor, input);
  }

  @Route(startDirect)
  startDirect(@By() actor: Actor, @In() input: Input<typeof startDirect>): Promise<Output<typeof startDirect>> {
    return this.starting.execute(actor, input);
  }

  @Route(createGroup)
  createGroup(@By() actor: Actor, @In() input: Input<typeof createGroup>): Promise<Output<typeof createGroup>> {
    return this.creating.execute(actor, input);
  }

  @Route(addMembers)
  addMembers(@By() actor: Actor, @In() input: Input<typeof addMembers>): Promise<Output<typeof addMembers>> {
    return this.adding.execute(actor, input);
  }

  @Route(removeMember)
  removeMember(@By() actor: Actor, @In() input: Input<typeof removeMember>): Promise<Output<typeof removeMember>> {
    return this.removing.execute(actor, input);
  }

  @Route(leaveGroup)
  leave(@By() actor: Actor, @In() input: Input<typeof leaveGroup>): Promise<Output<typeof leaveGroup>> {
    return this.removing.leave(actor, input);
  }

  @Route(renameGroup)
  rename(@By() actor: Actor, @In() input: Input<typeof renameGroup>): Promise<Output<typeof renameGroup>> {
    return this.renaming.execute(actor, input);
  }

  @Route(markRead)
  markRead(@By() actor: Actor, @In() input: Input<typeof markRead>): Promise<Output<typeof markRead>> {
    return this.marking.execute(actor, input);
  }
}
