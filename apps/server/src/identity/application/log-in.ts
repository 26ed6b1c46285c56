import type { login, Input } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';
import type { GrantSession, Granted } from './grant-session.js';
import type { Account, Accounts, Attempt, Audit, Device, LoginThrottle, PasswordHasher, Sessions } from './ports.js';

/** One answer, in one time, for an unknown e-mail, a wrong password and somebody who is suspended. */
export class LogIn {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly hasher: PasswordHasher,
    private readonly throttle: LoginThrottle,
    private readonly grants: GrantSession,
    private readonly audit: Audit,
  ) {}

  async execute({ email, password }: Input<typeof login>, device: Device): Promise<Granted> {
    const attempt = await this.attempt(email, device);
    await this.throttle.admit(attempt);
    const account = await this.accounts.findByEmail(email);
    if (!(await this.isRight(account, password)) || !account) return this.refuse(account, attempt);
    await this.throttle.succeeded(attempt);
    const granted = await this.grants.open(account, device);
    const { userId } = account;
    await this.audit.record({ action: 'logged_in', actorId: userId, subjectId: userId, address: device.address });
    // After the session is there: it is opened for the password as it was checked.
    if (this.hasher.isOutdated(account.passwordHash))
      await this.accounts.rehash(account, await this.hasher.hash(password));
    return granted;
  }

  private async attempt(email: string, { address, deviceHash }: Device): Promise<Attempt> {
    return { email, address, known: (await this.sessions.knowsDevice(email, deviceHash)) ? deviceHash : null };
  }

  private async isRight(account: Account | null, password: string): Promise<boolean> {
    if (account) return (await this.hasher.verify(account.passwordHash, password)) && !account.suspended;
    await this.hasher.verifyNothing(password);
    return false;
  }

  /** What was typed is not recorded: it might be a password in the wrong field. */
  private async refuse(account: Account | null, attempt: Attempt): Promise<never> {
    await this.throttle.failed(attempt);
    const { address } = attempt;
    await this.audit.record({
      action: 'login_failed',
      actorId: null,
      ...(account && { subjectId: account.userId }),
      address,
    });
    throw new AppError('wrong_credentials');
  }
}
