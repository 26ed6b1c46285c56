import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomText } from './text.mjs';
import { uuidv7 } from './uuid.mjs';
import { summary } from './summary.mjs';

/** A fixed number of messages per second, whether the server keeps up or not. */
export async function openLoop(crowd, { rate, seconds, bytes }) {
  const body = randomText(bytes);
  const messages = rate * seconds;
  const sends = [];
  const acknowledged = [];
  crowd.ledger.begin();
  const since = performance.now();
  while (sends.length < messages) {
    const due = Math.min(messages, Math.floor(((performance.now() - since) / 1000) * rate));
    while (sends.length < due) sends.push(sendOne(crowd, sends.length, body, acknowledged));
    await sleep(1);
  }
  await Promise.all(sends);
  await crowd.ledger.settle();
  return summary(crowd.ledger, { messages, seconds: (performance.now() - since) / 1000, acknowledged });
}

async function sendOne(crowd, index, body, acknowledged) {
  const conversation = index % crowd.conversations.length;
  const { senders } = crowd.conversations[conversation];
  const turn = Math.floor(index / crowd.conversations.length);
  const since = performance.now();
  await crowd.send(conversation, senders[turn % senders.length], uuidv7(), body);
  acknowledged.push(performance.now() - since);
}
