import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { summary } from './summary.mjs';
import { randomText } from './text.mjs';
import { uuidv7 } from './uuid.mjs';

/** Connections of the senders: each has one message under way. */
const CONNECTIONS = 200;

/** Everybody in turn writes into the first conversation, over HTTP; `rate` per second, or as fast as answers come (null). */
export async function hotLoop(crowd, { url, tokens, messages, rate, bytes }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const body = randomText(bytes);
  const acknowledged = [];
  const sendOne = async (index) => {
    const since = performance.now();
    await post(crowd, { url, token: tokens[index % tokens.length], body, agent });
    acknowledged.push(performance.now() - since);
  };
  crowd.ledger.begin();
  const since = performance.now();
  await (rate === null ? closed(messages, sendOne) : open(messages, rate, sendOne));
  await crowd.ledger.settle();
  agent.destroy();
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

function post(crowd, { url, token, body, agent }) {
  const [{ id: conversation, members }] = crowd.conversations;
  const id = uuidv7();
  crowd.ledger.sent(id, members.length);
  const payload = JSON.stringify({ conversation, id, body });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
    'x-tertulia': '1',
  };
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 200) crowd.ledger.problem(`refused: ${response.statusCode}`);
      response.resume();
      response.once('end', resolve);
    });
    request.once('error', reject);
    request.end(payload);
  });
}
