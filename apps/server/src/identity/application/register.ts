import type { register, Input } from '@tertulia/contract';
import type { GrantSession, Granted } from './grant-session.js';
import type { NewPasswords } from './new-passwords.js';
import type { Accounts, Device, LoginThrottle } from './ports.js';

export class Register {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: NewPasswords,
    private readonly throttle: LoginThrottle,
    private readonly grants: GrantSession,
  ) {}

  async execute({ email, name, password, invite }: Input<typeof register>, device: Device): Promise<Granted> {
    const { address } = device;
    await this.throttle.admitRegistration(address);
    const passwordHash = await this.passwords.accept(password, { email, name });
    const account = await this.accounts.create({ email, name, passwordHash, address, invite });
    return this.grants.open(account, device);
  }
}
