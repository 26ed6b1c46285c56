import { Client } from 'pg';
import { migrate } from '../../apps/server/src/platform/database/migrate.js';

/** The rows of each table as JSON, all of one moment. */
export type Dump = ReadonlyMap<string, string>;

const using = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

async function column(client: Client, statement: string): Promise<string[]> {
  const { rows } = await client.query<[string]>({ text: statement, rowMode: 'array' });
  return rows.map(([value]) => value);
}

const TABLES = `select quote_ident(tablename) from pg_tables where schemaname = 'public'`;

/** As pg_dump reads it: in one snapshot, while others go on writing. */
export const dump = (url: string): Promise<Dump> =>
  using(url, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const tables = new Map<string, string>();
    for (const table of await column(client, TABLES))
      tables.set(table, (await column(client, `select coalesce(json_agg(t), '[]')::text from ${table} t`))[0]!);
    return tables;
  });

/** Into an empty database: the tables by the migrations, then the rows, then the counters behind them. */
export async function restore(url: string, tables: Dump): Promise<void> {
  await migrate(url);
  await using(url, async (client) => {
    // In whatever order: foreign keys are not looked at.
    await client.query('set session_replication_role = replica');
    await client.query(`truncate ${[...tables.keys()].join(', ')}`);
    for (const [table, rows] of tables)
      await client.query(
        `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1)`,
        [rows],
      );
    for (const counter of await column(client, COUNTERS)) await client.query(counter);
  });
}

const COUNTERS = `
  select format('select setval(%L, (select max(%I) from %I))', sequence, column_name, table_name)
  from (select *, pg_get_serial_sequence(quote_ident(table_name), column_name) as sequence
        from information_schema.columns where table_schema = 'public') columns where sequence is not null`;
