import { sql } from 'drizzle-orm';
import type { RegistrationPolicy } from '@tertulia/contract';
import type { Database, Transaction } from '../../platform/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { ServerSettings } from '../application/ports.js';
import { asStaff } from './sql-staff.js';

export class SqlServerSettings extends ServerSettings {
  constructor(private readonly database: Database) {
    super();
  }

  async setRegistration(actor: Actor, to: RegistrationPolicy): Promise<void> {
    await asStaff(this.database, actor, async (tx) => {
      const from = await lockRegistration(tx);
      if (from === to) return { result: undefined, entry: null };
      await tx.execute(sql`update server_settings set registration = ${to}`);
      return { result: undefined, entry: { action: 'registration_set', data: { from, to } } };
    });
  }
}

async function lockRegistration(tx: Transaction): Promise<RegistrationPolicy> {
  await tx.execute(sql`insert into server_settings default values on conflict do nothing`);
  const { rows } = await tx.execute<{ registration: RegistrationPolicy }>(
    sql`select registration from server_settings for update`,
  );
  return rows[0]!.registration;
}
