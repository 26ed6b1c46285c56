import { Client } from 'pg';

/** One statement beside the server, for what no page can bring about. */
export async function execute(databaseUrl: string, statement: string, values: readonly unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement, [...values]);
  } finally {
    await client.end();
  }
}
