import type { ConversationRow } from '@tertulia/contract';
import type { ClientEvent, ConversationView, PendingMessage } from '../api.js';
import type { WriteBehind } from '../cache/write-behind.js';
import type { Call, OutputOf } from '../wire/routes.js';
import { RowState, type RowContext } from './row-state.js';

const FIRST_PAGE = 50;
const PAGE = 100;
const CACHED_MAX = 200;

export interface ConversationsOptions {
  call: Call;
  disk: WriteBehind;
  namespace: string;
  context: RowContext;
  draftOf: (conversation: string) => string;
  pendingOf: (conversation: string) => PendingMessage | null;
  learn: (row: ConversationRow) => void;
  /** A row went on from this change without those that lie between. */
  leapt: (conversation: string, from: number) => void;
  /** One is in this conversation no longer. */
  left: (conversation: string) => void;
  changed: () => void;
}

type ListPage = OutputOf<'listConversations'>;

/** The list: rows known so far, those with the newest activity first. */
export class Conversations {
  private readonly states = new Map<string, RowState>();
  private readonly views = new Map<string, ConversationView>();
  /** The standing at which one left: a row read before it must not bring the conversation back. */
  private readonly leftAt = new Map<string, number>();
  private status: 'loading' | 'ready' = 'loading';
  /** Where the pages go on; undefined: not asked yet. */
  private next: string | null | undefined = undefined;

  constructor(private readonly options: ConversationsOptions) {}

  async load(): Promise<void> {
    const stored = await this.options.disk.list<ConversationRow>('rows', this.options.namespace);
    stored.sort((a, b) => b.at - a.at);
    for (const row of stored.slice(CACHED_MAX)) this.options.disk.delete('rows', this.options.namespace + row.id);
    for (const row of stored.slice(0, CACHED_MAX)) if (!this.states.has(row.id)) this.offer(row);
    if (stored.length > 0) this.ready();
  }

  get(conversation: string): RowState | undefined {
    return this.states.get(conversation);
  }

  get size(): number {
    return this.states.size;
  }

  /** Ids, those with the newest activity first. */
  recent(): string[] {
    return this.rows().map((row) => row.id);
  }

  /** True when the row was news. */
  offer(row: ConversationRow): boolean {
    if (row.me.uver < (this.leftAt.get(row.id) ?? 0)) return false;
    const held = this.states.get(row.id);
    if (row.me.left) return this.leave(row, held);
    this.leftAt.delete(row.id);
    this.options.learn(row);
    const from = held?.cursor.ver;
    if (held === undefined) this.states.set(row.id, new RowState(row, this.options.context));
    else if (!held.offer(row)) return false;
    this.touch(row.id);
    if (held !== undefined && from !== undefined && held.cursor.ver > from) this.options.leapt(row.id, from);
    return true;
  }

  /** After anything that changes what the row shows. */
  touch(conversation: string): void {
    this.options.changed();
    if (!this.states.has(conversation)) return;
    this.options.disk.put('rows', this.options.namespace + conversation, () => this.states.get(conversation)?.row);
  }

  forget(conversation: string): void {
    this.states.delete(conversation);
    this.views.delete(conversation);
    this.options.disk.delete('rows', this.options.namespace + conversation);
    this.options.changed();
  }

  clear(): void {
    this.states.clear();
    this.views.clear();
    this.leftAt.clear();
    this.next = undefined;
    this.status = 'loading';
    this.options.changed();
  }

  /** The newest rows, page by page until a page brings no news. Answers the first page. */
  async refresh(): Promise<ListPage> {
    const heldBefore = this.states.size;
    const first = await this.page(undefined, heldBefore === 0 ? FIRST_PAGE : PAGE);
    let { news, page } = this.take(first);
    let seen = first.rows.length;
    while (news && page.next !== null && seen < heldBefore) {
      ({ news, page } = this.take(await this.page(page.next, PAGE)));
      seen += page.rows.length;
    }
    if (news || this.next === undefined) this.next = page.next;
    this.ready();
    return first;
  }

  /** On to older rows, over those that are here already. */
  async loadMore(): Promise<void> {
    const held = this.states.size;
    while (typeof this.next === 'string' && this.states.size === held)
      this.next = this.take(await this.page(this.next, FIRST_PAGE)).page.next;
    this.options.changed();
  }

  event(): ClientEvent {
    const rows = this.rows().map((row) => this.viewOf(row));
    return { type: 'conversations', rows, status: this.status, hasMore: typeof this.next === 'string' };
  }

  private page(before: string | undefined, limit: number): Promise<ListPage> {
    return this.options.call('listConversations', before === undefined ? { limit } : { before, limit });
  }

  private take(page: ListPage): { news: boolean; page: ListPage } {
    const news = page.rows.map((row) => this.offer(row)).includes(true);
    return { news, page };
  }

  private leave(row: ConversationRow, held: RowState | undefined): boolean {
    if (held !== undefined && row.me.uver < held.row.me.uver) return false;
    this.leftAt.set(row.id, row.me.uver);
    this.forget(row.id);
    this.options.left(row.id);
    return held !== undefined;
  }

  private rows(): ConversationRow[] {
    return [...this.states.values()].map((state) => state.row).sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  }

  /** The same object as long as nothing in it changed. */
  private viewOf(row: ConversationRow): ConversationView {
    const held = this.views.get(row.id);
    const draft = this.options.draftOf(row.id);
    const pending = this.options.pendingOf(row.id);
    if (held !== undefined && this.composedFrom.get(held) === row && held.draft === draft && held.pending === pending)
      return held;
    const view: ConversationView = { ...row, draft, pending };
    this.composedFrom.set(view, row);
    this.views.set(row.id, view);
    return view;
  }

  private readonly composedFrom = new WeakMap<ConversationView, ConversationRow>();

  private ready(): void {
    this.status = 'ready';
    this.options.changed();
  }
}
