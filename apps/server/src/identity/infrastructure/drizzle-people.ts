import { inArray, or, sql } from 'drizzle-orm';
import type { Person } from '@tertulia/contract';
import type { Database } from '../../platform/database/database.js';
import { foldText } from '../../shared/text.js';
import { People } from '../application/ports.js';
import { users } from './identity.tables.js';

export class DrizzlePeople extends People {
  constructor(private readonly database: Database) {
    super();
  }

  async search(q: string, limit: number): Promise<Person[]> {
    const text = q.trim();
    if (text === '') return [];
    const pattern = `%${foldText(text).replace(/[\\%_]/g, '\\$&')}%`;
    return this.database.db
      .select({ id: users.publicId, name: users.name })
      .from(users)
      .where(or(sql`${users.searchName} like ${pattern}`, sql`lower(${users.email}) = lower(${text})`))
      .orderBy(users.searchName, users.id)
      .limit(limit);
  }

  async findInternalIds(publicIds: readonly string[]): Promise<Map<string, number>> {
    if (publicIds.length === 0) return new Map();
    const rows = await this.database.db
      .select({ id: users.id, publicId: users.publicId })
      .from(users)
      .where(inArray(users.publicId, [...publicIds]));
    return new Map(rows.map((row) => [row.publicId, row.id]));
  }

  async byInternalIds(userIds: readonly number[]): Promise<Map<number, Person>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.database.db
      .select({ userId: users.id, id: users.publicId, name: users.name })
      .from(users)
      .where(inArray(users.id, [...new Set(userIds)]));
    return new Map(rows.map(({ userId, ...person }) => [userId, person]));
  }
}
