import type { login, Input } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';
import type { GrantSession, Granted } from './grant-session.js';
import type { Account, Accounts, Device, LoginThrottle, PasswordHasher } from './ports.js';

/** One answer, in one time, for an unknown e-mail, a wrong password and somebody who is suspended. */
export class LogIn {
  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly throttle: LoginThrottle,
    private readonly grants: GrantSession,
  ) {}

  async execute({ email, password }: Input<typeof login>, device: Device): Promise<Granted> {
    await this.throttle.admit(email, device.address);
    const account = await this.verified(email, password);
    if (!account) {
      await this.throttle.failed(email, device.address);
      throw new AppError('wrong_credentials');
    }
    await this.throttle.succeeded(email, device.address);
    if (this.hasher.isOutdated(account.passwordHash))
      await this.accounts.updatePasswordHash(account.userId, await this.hasher.hash(password));
    return this.grants.open(account, device);
  }

  private async verified(email: string, password: string): Promise<Account | null> {
    const account = await this.accounts.findByEmail(email);
    if (account) {
      const isRight = await this.hasher.verify(account.passwordHash, password);
      return isRight && !account.suspended ? account : null;
    }
    await this.hasher.verifyNothing(password);
    return null;
  }
}
