import { sql, type SQL } from 'drizzle-orm';

/** A moment as the wire has it: milliseconds since 1970. */
export const msOf = (moment: SQL): SQL => sql`(extract(epoch from ${moment}) * 1000)::bigint`;
