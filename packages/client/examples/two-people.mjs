// Two people meet on a server and talk: node two-people.mjs http://localhost:3000
import { createClient, memoryStorage } from '@tertulia/client';

const baseUrl = process.argv[2] ?? 'http://localhost:3000';

async function join(name) {
  const client = createClient({ baseUrl, storage: memoryStorage() });
  const email = `${name}.${Date.now()}@example.org`.toLowerCase();
  const me = await client.register({ email, name, password: `a long password of ${name}` });
  return { client, me };
}

const [ana, bea] = [await join('Ana'), await join('Bea')];
const { id } = await ana.client.startDirect(bea.me.id);
const heard = new Promise((resolve) => {
  bea.client.subscribe((event) => {
    if (event.type === 'timeline' && event.timeline.messages.length > 0) resolve(event.timeline.messages[0]);
  });
});
await bea.client.openConversation(id);
await ana.client.send(id, 'Hello, Bea!');
console.log(`Bea reads: ${(await heard).body}`);
await Promise.all([ana.client.close(), bea.client.close()]);
