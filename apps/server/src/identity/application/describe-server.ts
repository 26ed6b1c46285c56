import { PROTOCOL_VERSION, type Output, type serverInfo } from '@tertulia/contract';
import type { Accounts, Admission, RecoveryMail } from './ports.js';

export class DescribeServer {
  constructor(
    private readonly accounts: Accounts,
    private readonly admission: Admission,
    private readonly mail: RecoveryMail,
    private readonly version: string,
  ) {}

  async execute(): Promise<Omit<Output<typeof serverInfo>, 'returning'>> {
    const [any, registration] = await Promise.all([this.accounts.any(), this.admission.policy()]);
    const mail = this.mail.isPossible;
    return { version: this.version, protocol: PROTOCOL_VERSION, needsOwner: !any, registration, mail };
  }
}
