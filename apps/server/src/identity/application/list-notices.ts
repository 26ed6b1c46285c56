import type { listNotices, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { Notices } from './ports.js';

export class ListNotices {
  constructor(private readonly notices: Notices) {}

  async execute({ userId, session }: Actor): Promise<Output<typeof listNotices>> {
    return { notices: await this.notices.listFor(userId, session) };
  }
}
