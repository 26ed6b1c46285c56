import { CommandError, type ConnectionState } from '../api.js';
import type { Connection } from './connection.js';
import type { Call, CallFast } from './routes.js';

/**
 * The two ways to the server as one: the socket while it is open, HTTP while it is not (networks that block websockets,
 * the first moments, a restart).
 */
export class Link {
  private overHttp = new AbortController();
  private reachedByHttp = false;

  constructor(
    private readonly connection: Connection,
    private readonly http: Call,
    private readonly changed: (state: ConnectionState) => void,
  ) {}

  readonly call: CallFast = (name, input) => {
    // HTTP would take what the server's newer protocol may read otherwise.
    if (this.connection.state === 'outdated')
      return Promise.reject(new CommandError('outdated_client', 'This program is older than the server.'));
    if (this.connection.serves) return this.connection.request(name, input);
    return this.http(name, input, this.overHttp.signal);
  };

  /** As the person should see it: whatever way serves is "online". */
  get state(): ConnectionState {
    const { state } = this.connection;
    return this.reachedByHttp && (state === 'offline' || state === 'connecting') ? 'online' : state;
  }

  /** The socket is open: what hangs in a dead HTTP connection goes by the socket instead. */
  socketOpened(): void {
    this.overHttp.abort();
    this.overHttp = new AbortController();
  }

  socketChanged(): void {
    // Only what is heard from now on says that HTTP serves.
    if (this.connection.state === 'online') this.reachedByHttp = false;
    this.changed(this.state);
  }

  reached(reached: boolean): void {
    if (this.connection.state === 'online' || this.reachedByHttp === reached) return;
    this.reachedByHttp = reached;
    this.changed(this.state);
  }

  close(): void {
    this.overHttp.abort();
  }
}
