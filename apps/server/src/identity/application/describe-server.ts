import { PROTOCOL_VERSION, type Output, type serverInfo } from '@tertulia/contract';
import type { Accounts } from './ports.js';

export class DescribeServer {
  constructor(
    private readonly accounts: Accounts,
    private readonly version: string,
  ) {}

  async execute(): Promise<Omit<Output<typeof serverInfo>, 'returning'>> {
    return { version: this.version, protocol: PROTOCOL_VERSION, needsOwner: !(await this.accounts.any()) };
  }
}
