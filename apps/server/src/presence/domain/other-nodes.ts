/**
 * How long a node that says nothing is believed. Its people must be offline 45 s after it was killed: this, a look every
 * second, and the way to the watchers.
 */
export const LEASE_MS = 40_000;

interface OtherNode {
  users: Set<number>;
  /** The last announcement taken: an older one that arrives after it is no news. */
  n: number;
  until: number;
}

/** Who is connected to the other nodes, as these say. Nobody tidies up after a node: its lease runs out. */
export class OtherNodes {
  private readonly nodes = new Map<string, OtherNode>();

  /** `now`: milliseconds that never go back. */
  constructor(private readonly now: () => number) {}

  has(userId: number): boolean {
    for (const { users } of this.nodes.values()) if (users.has(userId)) return true;
    return false;
  }

  knows(node: string): boolean {
    return this.nodes.has(node);
  }

  /** All the people of a node. Answers whose state may have changed. */
  list(node: string, n: number, users: readonly number[]): number[] {
    const known = this.nodes.get(node);
    if (known && n <= known.n) return [];
    const listed = new Set(users);
    this.nodes.set(node, { users: listed, n, until: this.now() + LEASE_MS });
    const before = known?.users ?? new Set<number>();
    return [...users.filter((userId) => !before.has(userId)), ...[...before].filter((userId) => !listed.has(userId))];
  }

  /** What changed on a node since it spoke last. Without its list this says too little: the next list brings all. */
  change(node: string, n: number, here: readonly number[], gone: readonly number[]): number[] {
    const known = this.nodes.get(node);
    if (!known || n <= known.n) return [];
    known.n = n;
    known.until = this.now() + LEASE_MS;
    for (const userId of here) known.users.add(userId);
    for (const userId of gone) known.users.delete(userId);
    return [...here, ...gone];
  }

  /** True when the lease of a node has run out. */
  expire(): boolean {
    const before = this.nodes.size;
    for (const [node, { until }] of this.nodes) if (until <= this.now()) this.nodes.delete(node);
    return this.nodes.size < before;
  }
}
