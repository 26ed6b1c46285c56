import { mayRetry, type Output, type sendMessage } from '@tertulia/contract';
import type { Recorder } from '@tertulia/history-checker';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from './people.js';
import { post, waitOf, type Answer } from './post.js';
import { pause } from './processes.js';

type Sent = Output<typeof sendMessage>;

const AGAIN_MS = 250;

export interface WritersOptions {
  people: readonly Person[];
  conversation: string;
  /** The ports of the nodes; each connection stays with one of them. */
  ports: readonly number[];
  recorder: Recorder;
  /** Messages under way at once, each of another person. */
  connections: number;
  /** UTF-16 units. */
  length: number;
}

/** People who write over HTTP and listen to nothing, as fast as answers come or at a rate of all together. */
export class Writers {
  /** Milliseconds from sending to the acknowledgement. */
  readonly acknowledged: number[] = [];
  private written = 0;

  constructor(private readonly options: WritersOptions) {}

  /** `perSecond` null: as fast as answers come. Resolves when all that was sent is answered. */
  async pour(forMs: number, perSecond: number | null = null): Promise<void> {
    const since = performance.now();
    let turn = 0;
    const write = async (connection: number): Promise<void> => {
      for (let round = 0; ; round += 1) {
        const due = perSecond === null ? 0 : (turn++ * 1_000) / perSecond;
        if (Math.max(due, performance.now() - since) >= forMs) return;
        await pause(Math.max(0, due - (performance.now() - since)));
        await this.writeOne(connection, round);
      }
    };
    await Promise.all(Array.from({ length: this.options.connections }, (_, connection) => write(connection)));
  }

  /** Nobody belongs to two connections: what one person writes is in one order. */
  private async writeOne(connection: number, round: number): Promise<void> {
    const { people, connections, conversation, ports, recorder, length } = this.options;
    const own = Math.ceil((people.length - connection) / connections);
    const { user, token } = people[connection + connections * (round % own)]!;
    this.written += 1;
    const [op, body] = [uuidv7(), `${user} ${this.written} `.padEnd(length, 'tertulia ').trimEnd()];
    recorder.add({ type: 'invoke', command: 'message:send', op, client: user, user, conversation, body });
    const since = performance.now();
    const answer = await this.send(ports[connection % ports.length]!, token, { conversation, id: op, body });
    this.acknowledged.push(performance.now() - since);
    const complete = { type: 'complete' as const, op, client: user };
    if ('ok' in answer) recorder.add({ ...complete, outcome: 'stored', seq: answer.ok.seq, ver: answer.ok.ver });
    else recorder.add({ ...complete, outcome: 'refused', code: answer.refused.code });
  }

  /** Again under the same id until the answer is one for good. */
  private async send(port: number, token: string, message: object): Promise<NonNullable<Answer<Sent>>> {
    for (;;) {
      const answer = await post<Sent>(port, '/api/messages', token, message);
      if (answer !== null && ('ok' in answer || !mayRetry(answer.refused.code))) return answer;
      const seconds = answer === null ? 0 : waitOf(answer.refused);
      await pause(seconds * 1_000 + Math.random() * AGAIN_MS);
    }
  }
}
