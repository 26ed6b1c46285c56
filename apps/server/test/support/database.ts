import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';

export interface Database {
  url: string;
  drop(): Promise<void>;
}

/** An empty database. Called inside a test it is dropped with the test; in a hook, call `drop` at the end. */
export async function createDatabase(): Promise<Database> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(`create database ${name}`);
  const url = new URL(inject('postgres'));
  url.pathname = `/${name}`;
  const drop = (): Promise<void> => asAdministrator(`drop database if exists ${name} with (force)`);
  dropAfterTest(drop);
  return { url: url.href, drop };
}

function dropAfterTest(drop: () => Promise<void>): void {
  try {
    onTestFinished(drop);
  } catch {
    // Outside of a test: the hook's own business.
  }
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
