import type { Member } from '@tertulia/contract';
import type { WriteBehind } from '../cache/write-behind.js';

interface Held {
  /** The conversation's change these members are as of. */
  ver: number;
  members: readonly Member[];
}

/** The members of the conversations opened so far, those who left included. */
export class Members {
  private held = new Map<string, Held>();

  constructor(
    private readonly disk: WriteBehind,
    private readonly namespace: string,
    private readonly changed: (conversation: string) => void,
  ) {}

  of(conversation: string): readonly Member[] | undefined {
    return this.held.get(conversation)?.members;
  }

  async load(conversation: string): Promise<void> {
    const { held } = this;
    const stored = await this.disk.get<Held>('members', this.namespace + conversation);
    // Of another epoch, when all was forgotten meanwhile.
    if (stored !== undefined && held === this.held && !held.has(conversation)) this.keep(conversation, stored);
  }

  set(conversation: string, members: readonly Member[], ver: number): void {
    if (ver < (this.held.get(conversation)?.ver ?? 0)) return;
    this.keep(conversation, { ver, members });
  }

  /** Whether those held here may lack something that came about up to this change. */
  areBehind(conversation: string, ver: number): boolean {
    return (this.held.get(conversation)?.ver ?? ver) < ver;
  }

  /** False when the members of this conversation are not known here. */
  apply(conversation: string, member: Member, ver: number): boolean {
    const held = this.held.get(conversation);
    if (held === undefined) return false;
    if (ver <= held.ver) return true;
    const at = held.members.findIndex(({ person }) => person.id === member.person.id);
    this.keep(conversation, { ver, members: at < 0 ? [...held.members, member] : held.members.with(at, member) });
    return true;
  }

  /** How many are in now. */
  count(conversation: string): number {
    return (this.of(conversation) ?? []).filter((member) => !member.left).length;
  }

  forget(conversation: string): void {
    this.held.delete(conversation);
    this.disk.delete('members', this.namespace + conversation);
  }

  clear(): void {
    this.held = new Map();
  }

  private keep(conversation: string, held: Held): void {
    this.held.set(conversation, held);
    this.disk.put('members', this.namespace + conversation, () => held);
    this.changed(conversation);
  }
}
