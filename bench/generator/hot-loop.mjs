import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostPool } from './post-pool.mjs';
import { summary } from './summary.mjs';
import { randomText } from './text.mjs';
import { uuidv7 } from './uuid.mjs';

/** Connections of the senders: each has one message under way. */
const CONNECTIONS = 200;

/** Everybody in turn writes into the first conversation, over HTTP; `rate` per second, or as fast as answers come (null). */
export async function hotLoop(crowd, { url, tokens, messages, rate, bytes }) {
  const { hostname, port, host } = new URL(url);
  const pool = new PostPool(hostname, Number(port), CONNECTIONS);
  const body = randomText(bytes);
  const acknowledged = [];
  const sendOne = async (index) => {
    const since = performance.now();
    await post(crowd, { host, token: tokens[index % tokens.length], body, pool });
    acknowledged.push(performance.now() - since);
  };
  crowd.ledger.begin();
  const since = performance.now();
  await (rate === null ? closed(messages, sendOne) : open(messages, rate, sendOne));
  await crowd.ledger.settle();
  pool.close();
  return summary(crowd.ledger, { messages, seconds: (performance.now() - since) / 1000, acknowledged });
}

async function closed(messages, sendOne) {
  let next = 0;
  const worker = async () => {
    while (next < messages) await sendOne(next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

async function open(messages, rate, sendOne) {
  const sends = [];
  const since = performance.now();
  while (sends.length < messages) {
    const due = Math.min(messages, Math.floor(((performance.now() - since) / 1000) * rate));
    while (sends.length < due) sends.push(sendOne(sends.length));
    await sleep(1);
  }
  await Promise.all(sends);
}

function post(crowd, { host, token, body, pool }) {
  const [{ id: conversation, members }] = crowd.conversations;
  const id = uuidv7();
  crowd.ledger.sent(id, members.length);
  return pool
    .post('/api/messages', { host, token, payload: JSON.stringify({ conversation, id, body }) })
    .then((status) => {
      if (status !== 200) crowd.ledger.problem(`refused: ${status}`);
    });
}
