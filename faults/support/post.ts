import type { ErrorCode } from '@tertulia/contract';
import http from 'node:http';

export interface Refusal {
  code: ErrorCode;
  data?: Record<string, unknown>;
}

/** What came back; null: nobody knows. */
export type Answer<T> = { ok: T } | { refused: Refusal } | null;

/** Connections are kept, and there may be as many as there are people. */
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

/** A command over HTTP, with as little work as it can be: there are thousands of them in one process. */
export function post<T>(port: number, path: string, token: string, input: object): Promise<Answer<T>> {
  const payload = JSON.stringify(input);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
  };
  return new Promise((resolve) => {
    const request = http.request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('error', () => resolve(null)).once('end', () => resolve(read<T>(response.statusCode, text)));
    });
    request.once('error', () => resolve(null));
    request.end(payload);
  });
}

/** Seconds. */
export const waitOf = ({ data = {} }: Refusal): number => Number(data['after'] ?? data['retryAfter'] ?? 0);

function read<T>(status: number | undefined, text: string): Answer<T> {
  const body = JSON.parse(text) as T & { error: Refusal };
  return status === 200 ? { ok: body } : { refused: body.error };
}
