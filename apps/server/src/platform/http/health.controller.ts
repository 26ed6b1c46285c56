import { Controller } from '@nestjs/common';
import { healthLive, healthReady } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';
import { within } from '../../shared/within.js';
import { Database } from '../database/database.js';
import { DrainState } from '../drain-state.js';
import { Route } from './route.js';

const PING_MS = 2_000;

/** For whoever spreads people over nodes, or starts a dead one again. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly drain: DrainState,
  ) {}

  @Route(healthLive)
  live(): Record<string, never> {
    return {};
  }

  @Route(healthReady)
  async ready(): Promise<Record<string, never>> {
    if (this.drain.isDraining) throw new AppError('moved');
    // A database behind a cut network does not refuse: it is silent.
    const answers = await within(PING_MS, this.database.ping()).catch(() => false);
    if (!answers) throw new AppError('unavailable');
    return {};
  }
}
