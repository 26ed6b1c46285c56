const MAX_KEPT = 10_000;

/** The highest ver heard of lately, by conversation; the least recently heard goes first. */
export class RecentVers {
  private readonly vers = new Map<number, number>();

  get(conversationId: number): number {
    return this.vers.get(conversationId) ?? 0;
  }

  set(conversationId: number, ver: number): void {
    const highest = Math.max(ver, this.get(conversationId));
    this.vers.delete(conversationId);
    this.vers.set(conversationId, highest);
    if (this.vers.size > MAX_KEPT) this.vers.delete(this.vers.keys().next().value!);
  }

  clear(): void {
    this.vers.clear();
  }
}
