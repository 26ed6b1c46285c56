import type { ClientEvent } from '../../packages/client/src/api.js';
import { createClient } from '../../packages/client/src/create-client.js';
import { memoryStorage } from '../../packages/client/src/storage/memory.js';
import type { Cluster } from './cluster.js';
import { PASSWORD } from './device.js';
import type { LongLife } from './long-life.js';

const PATIENCE_MS = 60_000;

/** Milliseconds from log-in, on a device that holds nothing, until the list is shown and the client is online. */
export async function timeToUsableList(cluster: Cluster, { reader }: LongLife): Promise<number> {
  // The first of the crowd has the password that everybody has here.
  const [account] = await cluster.query<{ email: string }>(
    `update users set password_hash = (select password_hash from users where email = 'p0@example.org')
      where public_id = $1 returning email`,
    [reader.user],
  );
  const client = createClient({ baseUrl: `http://127.0.0.1:${cluster.nodes[0]!.port}`, storage: memoryStorage() });
  const usable = untilUsable((listener) => client.subscribe(listener));
  const since = performance.now();
  await client.login({ email: account!.email, password: PASSWORD });
  const took = (await usable) ? performance.now() - since : Infinity;
  await client.close();
  return took;
}

/** False: not within the patience. */
function untilUsable(subscribe: (listener: (event: ClientEvent) => void) => void): Promise<boolean> {
  let isOnline = false;
  let isListed = false;
  return new Promise((resolve) => {
    const patience = setTimeout(() => resolve(false), PATIENCE_MS);
    subscribe((event) => {
      if (event.type === 'connection') isOnline = event.state === 'online';
      if (event.type === 'conversations') isListed = event.status === 'ready' && event.rows.length > 0;
      if (!isOnline || !isListed) return;
      clearTimeout(patience);
      resolve(true);
    });
  });
}
