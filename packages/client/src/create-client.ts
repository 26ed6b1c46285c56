import type { Id, Me, Message, SessionGrant } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import {
  CommandError,
  type AccountCalls,
  type ClientEvent,
  type ClientOptions,
  type ConnectionState,
  type SessionState,
  type TertuliaClient,
} from './api.js';
import { accountCalls } from './account-calls.js';
import { Engine } from './engine.js';
import { Notifier } from './notifier.js';
import { platformPorts } from './platform.js';
import type { Ports } from './ports.js';
import { CarefulStorage } from './storage/careful-storage.js';
import { namespaceOf } from './storage/keys.js';
import { shouldRetry } from './wire/backoff.js';
import { Http } from './wire/http.js';
import type { Call } from './wire/routes.js';
import { Session } from './wire/session.js';

const AGAIN_MS = 500;

/** A client of one server: nobody is signed in until `restore`, `login` or `register`. */
export function createClient(options: ClientOptions): TertuliaClient {
  return new Client(options, platformPorts());
}

/** The same with its surroundings given: for tests. */
export function createClientWith(options: ClientOptions, ports: Ports): TertuliaClient {
  return new Client(options, ports);
}

class Client implements TertuliaClient {
  private readonly baseUrl: string;
  private readonly log: (message: string, detail?: unknown) => void;
  private readonly notifier: Notifier;
  private readonly http: Http;
  private readonly session: Session;
  private readonly careful: CarefulStorage;
  readonly account: AccountCalls;
  private engine: Engine | null = null;
  private engineUser = '';
  private connection: ConnectionState = 'idle';
  private stopping: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ClientOptions,
    private readonly ports: Ports,
  ) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.log = options.log ?? (() => {});
    this.notifier = new Notifier(this.log);
    this.http = new Http({ baseUrl: this.baseUrl, fetch: ports.fetch, keepsCookies: ports.keepsCookies });
    this.careful = new CarefulStorage(options.storage, (reason) => {
      this.log('storage refused', reason);
      this.notifier.mark('storage');
    });
    this.session = new Session({
      http: this.http,
      withLock: ports.withLock,
      lockName: `tertulia:session:${this.baseUrl}`,
      hasCookie: () => this.hasCookie(),
      now: ports.now,
      random: ports.random,
      changed: (state) => this.sessionChanged(state),
      renewed: (token) => this.engine?.renewed(token),
    });
    this.account = accountCalls(this.http, this.call);
    this.notifier.offer('session', () => ({ type: 'session', session: this.session.state }));
    this.notifier.offer('connection', () => ({ type: 'connection', state: this.connection }));
    this.notifier.offer('storage', () => ({ type: 'storage', durable: this.careful.durable }));
  }

  subscribe(listener: (event: ClientEvent) => void): () => void {
    return this.notifier.subscribe(listener);
  }

  async restore(): Promise<SessionState> {
    const known = await this.options.storage.get<Me>('meta', this.userKey).catch(() => undefined);
    const state = await this.session.restore(known);
    await this.started;
    return state;
  }

  register(input: { email: string; name: string; password: string; invite?: string }): Promise<Me> {
    return this.enter(() => this.http.send('register', input));
  }

  login(input: { email: string; password: string }): Promise<Me> {
    return this.enter(() => this.http.send('login', input));
  }

  pendingCount(): Promise<number> {
    return Promise.resolve(this.engine?.parts.outbox.count ?? 0);
  }

  async logout(): Promise<void> {
    this.session.leaving = true;
    try {
      await this.http.send('logout', {});
      this.session.end();
    } finally {
      this.session.leaving = false;
    }
    await this.stopping;
  }

  serverInfo() {
    return this.http.send('serverInfo', {});
  }

  async searchPeople(q: string) {
    const { people } = await this.call('searchPeople', { q });
    this.engine?.parts.people.learn(people);
    return people;
  }

  async startDirect(user: Id) {
    return this.current.take((await this.call('startDirect', { user })).row);
  }

  async createGroup(name: string, users: Id[]) {
    return this.current.take((await this.once((op) => this.call('createGroup', { op, name, users }))).row);
  }

  async addMembers(conversation: Id, users: Id[]): Promise<void> {
    await this.once((op) => this.call('addMembers', { conversation, op, users }));
  }

  async removeMember(conversation: Id, user: Id): Promise<void> {
    await this.once((op) => this.call('removeMember', { conversation, op, user }));
  }

  async leaveGroup(conversation: Id): Promise<void> {
    await this.once((op) => this.call('leaveGroup', { conversation, op }));
  }

  async renameGroup(conversation: Id, name: string): Promise<void> {
    await this.once((op) => this.call('renameGroup', { conversation, op, name }));
  }

  loadMoreConversations(): Promise<void> {
    return this.current.parts.conversations.loadMore();
  }

  openConversation(conversation: Id, at?: number): Promise<void> {
    return this.current.parts.timelines.open(conversation, at);
  }

  closeConversation(conversation: Id): void {
    this.engine?.parts.timelines.close(conversation);
  }

  loadOlder(conversation: Id): Promise<void> {
    return this.current.parts.timelines.loadOlder(conversation);
  }

  loadNewer(conversation: Id): Promise<void> {
    return this.current.parts.timelines.loadNewer(conversation);
  }

  jumpToLatest(conversation: Id): Promise<void> {
    return this.current.parts.timelines.jumpToLatest(conversation);
  }

  jumpTo(conversation: Id, seq: number): Promise<void> {
    return this.current.parts.timelines.jump(conversation, seq);
  }

  async send(conversation: Id, body: string): Promise<string> {
    return this.current.parts.outbox.send(conversation, body);
  }

  async edit(conversation: Id, message: Message | string, body: string): Promise<string> {
    return this.current.edit(conversation, message, body);
  }

  async remove(conversation: Id, message: Message | string): Promise<void> {
    await this.current.remove(conversation, message);
  }

  async retry(id: string): Promise<void> {
    await this.engine?.parts.outbox.retry(id);
  }

  async discard(id: string): Promise<void> {
    await this.engine?.parts.outbox.discard(id);
  }

  markRead(conversation: Id, seq: number): void {
    this.engine?.markRead(conversation, seq);
  }

  markUnread(conversation: Id, seq: number): void {
    this.engine?.markUnread(conversation, seq);
  }

  setDraft(conversation: Id, draft: string): void {
    this.engine?.parts.drafts.set(conversation, draft);
  }

  typing(conversation: Id): void {
    this.engine?.parts.typing.say(conversation);
  }

  watchPresence(users: readonly Id[]): void {
    this.engine?.parts.presence.watch(users);
  }

  wake(): void {
    this.session.wake();
    this.engine?.wake();
  }

  async persist(): Promise<void> {
    await this.engine?.parts.disk.flush();
  }

  async close(): Promise<void> {
    this.session.stop();
    this.stopEngine('nothing');
    await this.stopping;
    await this.options.storage.close();
  }

  /** Only a browser keeps the cookie where nobody can look; an older server says nothing about it. */
  private async hasCookie(): Promise<boolean> {
    if (!this.ports.keepsCookies) return true;
    const info = (await this.serverInfo()) as { returning?: boolean };
    return info.returning ?? true;
  }

  readonly call: Call = (name, input) => this.session.call(name, input);

  /** A command under one id: when nobody knows what became of it, asking again does it no second time. */
  private async once<T>(ask: (op: string) => Promise<T>): Promise<T> {
    const op = uuidv7();
    return ask(op).catch(async (error: unknown) => {
      if (!shouldRetry(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      return ask(op);
    });
  }

  private get current(): Engine {
    if (this.engine === null) throw new CommandError('unauthenticated', 'Log in to go on.');
    return this.engine;
  }

  private async enter(ask: () => Promise<SessionGrant>): Promise<Me> {
    const user = await this.session.enter(ask);
    await this.started;
    return user;
  }

  private started: Promise<void> = Promise.resolve();

  private sessionChanged(state: SessionState): void {
    if (state.status === 'signed-in') this.signedIn(state.user);
    else if (state.status === 'signed-out') this.signedOut();
    this.notifier.mark('session');
  }

  private signedIn(user: Me): void {
    void this.options.storage.write([{ store: 'meta', key: this.userKey, value: user }]).catch(() => {});
    if (this.engine !== null && this.engineUser === user.id) return;
    this.stopEngine('nothing');
    this.engineUser = user.id;
    this.engine = new Engine({
      me: user,
      baseUrl: this.baseUrl,
      namespace: namespaceOf(this.baseUrl, user.id),
      storage: this.options.storage,
      careful: this.careful,
      ports: this.ports,
      session: this.session,
      notifier: this.notifier,
      log: this.log,
      connectionChanged: (connection) => this.connectionChanged(connection),
    });
    const { engine } = this;
    // Whoever was here before must have tidied up first.
    this.started = this.stopping.then(() => engine.start()).catch((error: unknown) => this.log('start failed', error));
  }

  private signedOut(): void {
    void this.options.storage.write([{ store: 'meta', key: this.userKey }]).catch(() => {});
    this.stopEngine(this.session.leaving ? 'all' : 'cache');
  }

  private stopEngine(forget: 'nothing' | 'cache' | 'all'): void {
    const { engine } = this;
    if (engine === null) return;
    this.engine = null;
    const stopped = engine.stop(forget);
    this.stopping = Promise.all([this.stopping, stopped]).then(() => {});
  }

  private connectionChanged(state: ConnectionState): void {
    this.connection = state;
    this.notifier.mark('connection');
  }

  private get userKey(): string {
    return `user|${this.baseUrl}`;
  }
}
