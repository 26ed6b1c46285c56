import type { Cluster } from './cluster.js';
import type { Listener } from './listener.js';
import { pause } from './processes.js';

const LOOK_MS = 50;

/**
 * Milliseconds until every listener is connected and has come to the last change of all that it is in; Infinity: not
 * within the patience. Nobody may write there meanwhile.
 */
export async function timeToCatchUp(
  cluster: Cluster,
  listeners: readonly Listener[],
  patienceMs: number,
): Promise<number> {
  const since = performance.now();
  const rows = await cluster.query<{ id: string; ver: number }>('select public_id as id, ver from conversations');
  const vers = new Map(rows.map(({ id, ver }) => [id, ver]));
  while (!listeners.every((listener) => hasCaughtUp(listener, vers))) {
    if (performance.now() - since > patienceMs) return Infinity;
    await pause(LOOK_MS);
  }
  return performance.now() - since;
}

const hasCaughtUp = ({ isUpToDate, cursors }: Listener, vers: ReadonlyMap<string, number>): boolean =>
  isUpToDate && cursors.size > 0 && [...cursors].every(([id, { ver }]) => ver === vers.get(id));
