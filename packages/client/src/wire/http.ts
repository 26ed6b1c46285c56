import { mayRetry, PROTOCOL_VERSION, type WireError } from '@tertulia/contract';
import { CommandError } from '../api.js';
import { CookieJar } from './cookies.js';
import { requestOf } from './request.js';
import type { HttpName, InputOf, OutputOf } from './routes.js';

const TIMEOUT_MS = 15_000;

export interface HttpOptions {
  baseUrl: string;
  fetch: typeof fetch;
  keepsCookies: boolean;
}

/** Typed calls of the contract's commands over fetch. Every failure is a CommandError. */
export class Http {
  private readonly jar: CookieJar | null;

  constructor(private readonly options: HttpOptions) {
    this.jar = options.keepsCookies ? null : new CookieJar();
  }

  async send<N extends HttpName>(
    name: N,
    input: InputOf<N>,
    token?: string,
    signal?: AbortSignal,
  ): Promise<OutputOf<N>> {
    const { method, path, body } = requestOf(name, input);
    const headers: Record<string, string> = {
      'X-Tertulia': String(PROTOCOL_VERSION),
      ...(path.startsWith('/api/auth/') ? this.jar?.header() : {}),
    };
    if (token !== undefined) headers['Authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, credentials: 'include' };
    if (body !== undefined) init.body = body;
    const { response, answer } = await this.exchange(path, init, signal);
    if (!response.ok) throw refusal(response.status, answer);
    if (answer === undefined) throw new CommandError('offline', 'What answered is not the server.');
    return answer as OutputOf<N>;
  }

  private async exchange(
    path: string,
    init: RequestInit,
    signal?: AbortSignal,
  ): Promise<{ response: Response; answer: unknown }> {
    const control = new AbortController();
    const abort = () => control.abort();
    const timer = setTimeout(abort, TIMEOUT_MS);
    signal?.addEventListener('abort', abort);
    try {
      const response = await this.options.fetch(this.options.baseUrl + path, { ...init, signal: control.signal });
      this.jar?.keep(response);
      return { response, answer: parse(await response.text()) };
    } catch {
      throw new CommandError('offline', 'The server cannot be reached.');
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }
}

function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(status: number, answer: unknown): CommandError {
  const error = (answer as { error?: WireError } | undefined)?.error;
  const isOurs = typeof error?.code === 'string' && (status < 502 || mayRetry(error.code));
  if (isOurs) return CommandError.from(error);
  // A proxy in between answers for a server that is down.
  return status >= 502
    ? new CommandError('unavailable', `The server is not there (${status}).`)
    : new CommandError('internal', `The server answered ${status}.`);
}
