import { Controller, Req } from '@nestjs/common';
import { redeemRecovery, requestRecovery, type Input } from '@tertulia/contract';
import type { Request } from 'express';
import { In, Route } from '../../platform/http/route.js';
import { RedeemRecovery } from '../application/redeem-recovery.js';
import { RequestRecovery } from '../application/request-recovery.js';
import { addressOf } from './device-cookie.js';

@Controller()
export class RecoveryController {
  constructor(
    private readonly requesting: RequestRecovery,
    private readonly redeeming: RedeemRecovery,
  ) {}

  @Route(requestRecovery)
  async request(
    @In() { email }: Input<typeof requestRecovery>,
    @Req() request: Request,
  ): Promise<Record<string, never>> {
    const language = request.acceptsLanguages(['en', 'es']) || 'en';
    await this.requesting.execute(email, { address: addressOf(request), language });
    return {};
  }

  @Route(redeemRecovery)
  async redeem(@In() input: Input<typeof redeemRecovery>, @Req() request: Request): Promise<Record<string, never>> {
    await this.redeeming.execute(input, addressOf(request));
    return {};
  }
}
