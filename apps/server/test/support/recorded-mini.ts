import type { ConversationRow, Member, Message } from '@tertulia/contract';
import type { HistoryEntry, Recorder } from '@tertulia/history-checker';
import { v7 as uuidv7 } from 'uuid';
import { MiniClient } from './mini-client.js';
import { PASSWORD } from './participant.js';
import { told } from './told.js';

type State = Extract<HistoryEntry, { type: 'state' }>;

/** A mini-client all of whose doings are written down. */
export class RecordedMini {
  private constructor(
    readonly name: string,
    readonly client: MiniClient,
    private readonly recorder: Recorder,
  ) {}

  static async join(server: string, name: string, recorder: Recorder): Promise<RecordedMini> {
    const client = new MiniClient(server);
    const mini = new RecordedMini(name, client, recorder);
    client.onTake = (via, conversation, taken) => mini.took(via, conversation, taken);
    const account = { email: `${name}.${Date.now()}@example.org`.toLowerCase(), name, password: PASSWORD };
    await client.enter('register', account);
    recorder.add({ type: 'connect', client: name, user: mini.user, session: client.grant.session });
    return mini;
  }

  get user(): string {
    return this.client.grant.user.id;
  }

  async send(conversation: string, body: string): Promise<void> {
    const op = uuidv7();
    const { name: client, user } = this;
    this.recorder.add({ type: 'invoke', op, client, user, conversation, command: 'message:send', body });
    await this.answered(op, this.client.send(conversation, op, body));
  }

  async addMember(conversation: string, other: RecordedMini): Promise<void> {
    const op = this.manages(conversation, 'member:add', other);
    const path = `/api/conversations/${conversation}/add-members`;
    await this.answered(op, this.client.ask(path, { op, users: [other.user] }));
  }

  async removeMember(conversation: string, other: RecordedMini): Promise<void> {
    const op = this.manages(conversation, 'member:remove', other);
    const path = `/api/conversations/${conversation}/remove-member`;
    await this.answered(op, this.client.ask(path, { op, user: other.user }));
  }

  /** What it holds, and what the server says when it is asked anew. */
  async recordState(conversation: string): Promise<void> {
    const held = this.client.held.get(conversation);
    if (!held) return;
    const messages = [...held.messages.values()].sort((a, b) => a.seq - b.seq);
    this.recorder.add(this.state('client', held.row, { messages, cursor: held.ver, members: null }));
    const path = `/api/conversations/${conversation}`;
    const { row, members } = await this.client.ask<{ row: ConversationRow; members: Member[] }>(path);
    this.recorder.add(this.state('server', row, { messages: await this.history(path), cursor: row.ver, members }));
  }

  private async history(path: string): Promise<Message[]> {
    const all: Message[] = [];
    for (let isMore = true; isMore;) {
      const after = all.at(-1)?.seq ?? 0;
      const page = await this.client.ask<{ messages: Message[]; hasNewer: boolean }>(
        `${path}/messages?after=${after}&limit=100`,
      );
      all.push(...page.messages);
      isMore = page.hasNewer;
    }
    return all;
  }

  private state(
    source: State['source'],
    row: ConversationRow,
    { messages, cursor, members }: { messages: Message[]; cursor: number; members: Member[] | null },
  ): State {
    const { mark, unread } = countUnread(row, messages, this.user);
    return {
      type: 'state',
      source,
      client: this.name,
      user: this.user,
      conversation: row.id,
      messages: messages.map(told),
      hasOlder: false,
      cursor,
      mark,
      unread,
      name: row.name,
      members: members?.map(({ person, role, left }) => ({ user: person.id, role, left })) ?? null,
    };
  }

  private manages(conversation: string, command: 'member:add' | 'member:remove', other: RecordedMini): string {
    const op = uuidv7();
    const { name: client, user } = this;
    this.recorder.add({ type: 'invoke', op, client, user, conversation, command, users: [other.user] });
    return op;
  }

  private async answered(op: string, answer: Promise<{ seq?: number; ver: number }>): Promise<void> {
    const complete = { type: 'complete' as const, op, client: this.name };
    try {
      const { seq, ver } = await answer;
      this.recorder.add({ ...complete, outcome: 'stored', ver, ...(seq !== undefined && { seq }) });
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === undefined) throw error;
      this.recorder.add({ ...complete, outcome: 'refused', code });
    }
  }

  private took: MiniClient['onTake'] = (via, conversation, taken) => {
    const { name: client, user } = this;
    if (taken === null) return this.recorder.add({ type: 'reset', client, conversation });
    const message = 'kind' in taken ? ('message' in taken ? taken.message : null) : taken;
    const kind = 'kind' in taken ? taken.kind : 'message';
    const entry = { client, user, conversation, ver: taken.ver, kind, via, message: message && told(message) };
    this.recorder.add({ type: 'receive', ...entry });
    if (via !== 'page') this.recorder.add({ type: 'cursor', client, conversation, ver: taken.ver });
  };
}

/** From the row and all messages, as the protocol says. */
function countUnread(row: ConversationRow, messages: readonly Message[], user: string): Pick<State, 'mark' | 'unread'> {
  const own = messages.filter(({ sender, seq }) => sender === user && seq > row.seq).map(({ seq }) => seq);
  const seq = Math.max(row.me.readSeq, ...own);
  const isUnread = (message: Message): boolean =>
    message.seq > seq && message.sender !== null && message.sender !== user && !message.deleted;
  return { mark: { rev: row.me.readRev, seq }, unread: Math.min(100, messages.filter(isUnread).length) };
}
