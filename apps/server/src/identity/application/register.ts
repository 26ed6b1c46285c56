import type { register, Input } from '@tertulia/contract';
import { requireStrongPassword } from '../domain/password-rules.js';
import type { GrantSession, Granted } from './grant-session.js';
import type { Accounts, CommonPasswords, Device, LoginThrottle, PasswordHasher } from './ports.js';

export class Register {
  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly commonPasswords: CommonPasswords,
    private readonly throttle: LoginThrottle,
    private readonly grants: GrantSession,
  ) {}

  async execute({ email, name, password, invite }: Input<typeof register>, device: Device): Promise<Granted> {
    await this.throttle.admitRegistration(device.address);
    const common = await this.commonPasswords.load();
    requireStrongPassword(password, { email, name }, (folded) => common.has(folded));
    const passwordHash = await this.hasher.hash(password);
    const account = await this.accounts.create({ email, name, passwordHash, address: device.address, invite });
    return this.grants.open(account, device);
  }
}
