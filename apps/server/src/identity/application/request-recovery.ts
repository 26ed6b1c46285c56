import { AppError } from '../../shared/app-error.js';
import type { MakeMailedLink } from './make-mailed-link.js';
import type { Accounts, LoginThrottle, RecoveryMail } from './ports.js';

/** The same answer in the same time whether or not there is such an account: what differs is done after the answer. */
export class RequestRecovery {
  constructor(
    private readonly accounts: Accounts,
    private readonly makeLink: MakeMailedLink,
    private readonly mail: RecoveryMail,
    private readonly throttle: LoginThrottle,
    private readonly complain: (error: Error) => void,
  ) {}

  async execute(email: string, { address, language }: { address: string; language: string }): Promise<void> {
    if (!this.mail.isPossible) throw new AppError('no_mail');
    await this.throttle.admitRecovery(email, address);
    this.send(email, address, language).catch((error: unknown) => this.complain(error as Error));
  }

  private async send(email: string, address: string, language: string): Promise<void> {
    const account = await this.accounts.findByEmail(email);
    if (!account) return;
    const { link, minutes } = await this.makeLink.execute(account.userId, address);
    await this.mail.send({ to: account.email, link, minutes, language });
  }
}
