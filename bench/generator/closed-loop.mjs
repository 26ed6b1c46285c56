import { performance } from 'node:perf_hooks';
import { randomText } from './text.mjs';
import { uuidv7 } from './uuid.mjs';
import { summary } from './summary.mjs';

/** In every conversation the same number of messages under way: the next goes out when one is acknowledged. */
export async function closedLoop(crowd, { messages, inFlight, bytes }) {
  const body = randomText(bytes);
  const acknowledged = [];
  let left = messages;
  const sendUntilDone = async (conversation, sender) => {
    while (left > 0) {
      left -= 1;
      const since = performance.now();
      await crowd.send(conversation, sender, uuidv7(), body);
      acknowledged.push(performance.now() - since);
    }
  };
  crowd.ledger.begin();
  const since = performance.now();
  const workers = crowd.conversations.flatMap(({ senders }, conversation) =>
    Array.from({ length: inFlight }, (_, worker) => sendUntilDone(conversation, senders[worker % senders.length])),
  );
  await Promise.all(workers);
  await crowd.ledger.settle();
  return summary(crowd.ledger, { messages, seconds: (performance.now() - since) / 1000, acknowledged });
}
