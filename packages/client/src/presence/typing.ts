import { limits } from '@tertulia/contract';
import { Timer } from '../wire/backoff.js';

/** A notice that left just before a message may arrive just after it: the two do not take the same way. */
const OVERTAKEN_MS = 500;

export interface TypingOptions {
  me: string;
  now: () => number;
  /** Best effort: what gets lost is said again. */
  say: (conversation: string) => void;
  changed: (conversation: string) => void;
}

/** Who is typing where: oneself, said at most once in a while; others, until they fall silent or their words are there. */
export class Typing {
  private readonly saidAt = new Map<string, number>();
  /** By conversation and user: until when. */
  private readonly others = new Map<string, Map<string, number>>();
  private readonly lastWords = new Map<string, { user: string; at: number }>();
  private readonly timer = new Timer();

  constructor(private readonly options: TypingOptions) {}

  say(conversation: string): void {
    const now = this.options.now();
    if (now - (this.saidAt.get(conversation) ?? -Infinity) < limits.typingEvery) return;
    this.saidAt.set(conversation, now);
    this.options.say(conversation);
  }

  of(conversation: string): string[] {
    return [...(this.others.get(conversation)?.keys() ?? [])];
  }

  heard(conversation: string, user: string): void {
    const now = this.options.now();
    const last = this.lastWords.get(conversation);
    if (user === this.options.me || (last?.user === user && now - last.at < OVERTAKEN_MS)) return;
    const users = this.others.get(conversation) ?? new Map<string, number>();
    const isNew = !users.has(user);
    users.set(user, now + limits.typingLife);
    this.others.set(conversation, users);
    if (!this.timer.running) this.expireLater(limits.typingLife);
    if (isNew) this.options.changed(conversation);
  }

  wrote(conversation: string, user: string): void {
    this.lastWords.set(conversation, { user, at: this.options.now() });
    this.remove(conversation, user);
  }

  /** Without a connection nobody would say that they have stopped. */
  clear(): void {
    const conversations = [...this.others.keys()];
    this.timer.clear();
    this.others.clear();
    this.lastWords.clear();
    conversations.forEach(this.options.changed);
  }

  private remove(conversation: string, user: string): void {
    const users = this.others.get(conversation);
    if (users?.delete(user) !== true) return;
    if (users.size === 0) this.others.delete(conversation);
    this.options.changed(conversation);
  }

  private expireLater(ms: number): void {
    this.timer.set(ms, () => this.expire());
  }

  private expire(): void {
    const now = this.options.now();
    for (const [conversation, users] of this.others)
      for (const [user, until] of users) if (until <= now) this.remove(conversation, user);
    const next = Math.min(...[...this.others.values()].flatMap((users) => [...users.values()]));
    if (next !== Infinity) this.expireLater(next - now);
  }
}
