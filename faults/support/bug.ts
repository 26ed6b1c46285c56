import type { Cluster } from './cluster.js';
import type { Fault } from './fault.js';

/** A bug that the suite must find: planted in the built server, in the functions of the database, or in the client. */
export interface Bug {
  name: string;
  /** The fault that brings it out. */
  under: Fault;
  seconds: number;
  commandsPerSecond: number;
  /** Files of faults/plant, loaded before the server. */
  preloads?: readonly string[];
  /** Done to the database before anybody comes. */
  inDatabase?(cluster: Cluster): Promise<void>;
}

/** Rewrites a function of the database as it stands there. Throws when the text to replace is not in it. */
export async function rewrite(
  cluster: Cluster,
  name: string,
  replacements: readonly [string, string][],
): Promise<void> {
  const [found] = await cluster.query<{ text: string }>(`select pg_get_functiondef($1::regproc) as text`, [name]);
  let text = found?.text ?? '';
  for (const [what, by] of replacements) {
    if (!text.includes(what)) throw new Error(`${name}() does not hold ${what}: the bug cannot be planted any more`);
    text = text.replaceAll(what, by);
  }
  await cluster.query(text);
}
