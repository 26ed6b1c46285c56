import { mayRetry, type Output, type sendMessage } from '@tertulia/contract';
import type { Recorder } from '@tertulia/history-checker';
import http from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from './people.js';
import { pause } from './processes.js';

type Sent = Output<typeof sendMessage>;
type Answer = Partial<Sent> & { error?: { code: Parameters<typeof mayRetry>[0]; data?: Record<string, number> } };

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
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
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

  close(): void {
    this.agent.destroy();
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
    const { seq, ver, error } = await this.send(ports[connection % ports.length]!, token, {
      conversation,
      id: op,
      body,
    });
    this.acknowledged.push(performance.now() - since);
    if (error !== undefined) recorder.add({ type: 'complete', op, client: user, outcome: 'refused', code: error.code });
    else recorder.add({ type: 'complete', op, client: user, outcome: 'stored', seq: seq!, ver: ver! });
  }

  /** Again under the same id until the answer is one for good. */
  private async send(port: number, token: string, message: object): Promise<Answer> {
    for (;;) {
      const answer = await this.post(port, token, JSON.stringify(message));
      if (answer !== null && (answer.error === undefined || !mayRetry(answer.error.code))) return answer;
      const { after = 0, retryAfter = 0 } = answer?.error?.data ?? {};
      await pause(Math.max(after, retryAfter) * 1_000 + Math.random() * AGAIN_MS);
    }
  }

  /** Null: nobody knows. */
  private post(port: number, token: string, payload: string): Promise<Answer | null> {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
    };
    const options = { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', agent: this.agent, headers };
    return new Promise((resolve) => {
      const request = http.request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('error', () => resolve(null)).once('end', () => resolve(JSON.parse(text) as Answer));
      });
      request.once('error', () => resolve(null));
      request.end(payload);
    });
  }
}
