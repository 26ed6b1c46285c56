import type { changePassword, Input } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { NewPasswords } from './new-passwords.js';
import type { Account, Accounts, Audit, LoginThrottle, PasswordHasher, SessionEnds } from './ports.js';

/** Whoever finds a screen unlocked must still know the password, and gets no more guesses than at the log-in. */
export class ChangePassword {
  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly passwords: NewPasswords,
    private readonly throttle: LoginThrottle,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  async execute(actor: Actor, { current, password }: Input<typeof changePassword>, address: string): Promise<void> {
    const account = await this.accounts.findById(actor.userId);
    if (!account) throw new AppError('session_ended');
    await this.requireCurrent(account, current, actor.session, address);
    const hash = await this.passwords.accept(password, account);
    const keep = { id: actor.sessionId, publicId: actor.session };
    const ended = await this.accounts.setPassword(actor.userId, hash, keep);
    for (const id of ended) this.ends.sessionEnded(id);
    const { userId } = actor;
    await this.audit.record({ action: 'password_changed', actorId: userId, subjectId: userId, address });
  }

  private async requireCurrent(account: Account, current: string, session: string, address: string): Promise<void> {
    const attempt = { email: account.email, address, known: session };
    await this.throttle.admit(attempt);
    if (await this.hasher.verify(account.passwordHash, current)) return this.throttle.succeeded(attempt);
    await this.throttle.failed(attempt);
    throw new AppError('wrong_password');
  }
}
