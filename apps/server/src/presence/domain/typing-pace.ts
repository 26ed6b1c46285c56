import { limits } from '@tertulia/contract';

/** Two that left a client `typingEvery` apart may arrive closer together: neither is to be lost for that. */
const TOLERANCE_MS = 500;

/** Who told which conversation a moment ago that they are typing. */
export class TypingPace {
  /** In the order of time. */
  private readonly told = new Map<string, number>();

  /** `now`: milliseconds that never go back. */
  constructor(private readonly now: () => number) {}

  isTooSoon(userId: number, conversationId: number): boolean {
    this.forgetOld();
    return this.told.has(keyOf(userId, conversationId));
  }

  tells(userId: number, conversationId: number): void {
    this.told.set(keyOf(userId, conversationId), this.now());
  }

  private forgetOld(): void {
    const old = this.now() - limits.typingEvery + TOLERANCE_MS;
    for (const [key, at] of this.told) {
      if (at > old) return;
      this.told.delete(key);
    }
  }
}

const keyOf = (userId: number, conversationId: number): string => `${userId}:${conversationId}`;
