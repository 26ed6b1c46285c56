import type { Cluster } from './cluster.js';
import type { Fault } from './fault.js';
import type { ProofOptions } from './prove.js';

/** A bug that the suite must find: planted in the built server, in the functions of the database, or in the client. */
export interface Bug extends Partial<Omit<ProofOptions, 'seed'>> {
  name: string;
  /** The fault that brings it out. */
  under: Fault;
}

/** Rewrites a function of the database as it stands there. Throws when the text to replace is not in it. */
export async function rewrite(
  cluster: Cluster,
  name: string,
  replacements: readonly [string | RegExp, string][],
): Promise<void> {
  const [found] = await cluster.query<{ text: string }>(`select pg_get_functiondef($1::regproc) as text`, [name]);
  let text = found?.text ?? '';
  for (const [what, by] of replacements) {
    const before = text;
    text = text.replaceAll(what, by);
    if (text === before) throw new Error(`${name}() does not hold ${what}: the bug cannot be planted any more`);
  }
  await cluster.query(text);
}
