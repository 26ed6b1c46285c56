import type { Actor } from '../../shared/actor.js';
import type { Notices } from './ports.js';

export class DismissNotice {
  constructor(private readonly notices: Notices) {}

  execute({ userId, session }: Actor, notice: string): Promise<void> {
    return this.notices.dismiss(userId, session, notice);
  }
}
