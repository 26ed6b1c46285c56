import { Controller, Req } from '@nestjs/common';
import {
  changePassword,
  dismissNotice,
  endOtherSessions,
  endSession,
  listNotices,
  listSessions,
  type Input,
  type Output,
} from '@tertulia/contract';
import type { Request } from 'express';
import { By, In, Route } from '../../platform/http/route.js';
import type { Actor } from '../../shared/actor.js';
import { ChangePassword } from '../application/change-password.js';
import { DismissNotice } from '../application/dismiss-notice.js';
import { EndOtherSessions } from '../application/end-other-sessions.js';
import { EndSession } from '../application/end-session.js';
import { ListNotices } from '../application/list-notices.js';
import { ListSessions } from '../application/list-sessions.js';
import { addressOf } from './device-cookie.js';

/** What a person sees and decides about their own account. */
@Controller()
export class AccountController {
  constructor(
    private readonly listing: ListSessions,
    private readonly ending: EndSession,
    private readonly endingOthers: EndOtherSessions,
    private readonly changing: ChangePassword,
    private readonly notices: ListNotices,
    private readonly dismissing: DismissNotice,
  ) {}

  @Route(listSessions)
  sessions(@By() actor: Actor): Promise<Output<typeof listSessions>> {
    return this.listing.execute(actor);
  }

  @Route(endSession)
  async end(
    @By() actor: Actor,
    @In() { session }: Input<typeof endSession>,
    @Req() request: Request,
  ): Promise<Record<string, never>> {
    await this.ending.execute(actor, session, addressOf(request));
    return {};
  }

  @Route(endOtherSessions)
  endOthers(@By() actor: Actor, @Req() request: Request): Promise<Output<typeof endOtherSessions>> {
    return this.endingOthers.execute(actor, addressOf(request));
  }

  @Route(changePassword)
  async changePassword(
    @By() actor: Actor,
    @In() input: Input<typeof changePassword>,
    @Req() request: Request,
  ): Promise<Record<string, never>> {
    await this.changing.execute(actor, input, addressOf(request));
    return {};
  }

  @Route(listNotices)
  listNotices(@By() actor: Actor): Promise<Output<typeof listNotices>> {
    return this.notices.execute(actor);
  }

  @Route(dismissNotice)
  async dismissNotice(
    @By() actor: Actor,
    @In() { notice }: Input<typeof dismissNotice>,
  ): Promise<Record<string, never>> {
    await this.dismissing.execute(actor, notice);
    return {};
  }
}
