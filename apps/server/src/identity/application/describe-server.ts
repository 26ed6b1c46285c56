import { PROTOCOL_VERSION, type Output, type serverInfo } from '@tertulia/contract';
import type { Accounts, RecoveryMail } from './ports.js';

export class DescribeServer {
  constructor(
    private readonly accounts: Accounts,
    private readonly mail: RecoveryMail,
    private readonly version: string,
  ) {}

  async execute(): Promise<Omit<Output<typeof serverInfo>, 'returning'>> {
    const needsOwner = !(await this.accounts.any());
    return { version: this.version, protocol: PROTOCOL_VERSION, needsOwner, mail: this.mail.isPossible };
  }
}
