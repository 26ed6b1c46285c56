/** What a node takes in beside its work: a handshake looks up a session, and a join and a sync follow it. */
export const HANDSHAKES_PER_SECOND = 150;
/** Nobody waits longer, or a flood could keep people away for hours. */
const LONGEST_WAIT_MS = 30_000;

/** Lets so many in per second, and gives everybody else a moment of their own to come back: a queue that nobody stands in. */
export class HandshakeRate {
  private tokens = HANDSHAKES_PER_SECOND;
  private refilledAt = 0;
  /** Until here the coming moments are given away. */
  private givenUntil = 0;

  /** 0: come in. Else the seconds to wait. `now` in milliseconds, of a clock that only goes forward. */
  take(now: number): number {
    const refill = ((now - this.refilledAt) / 1_000) * HANDSHAKES_PER_SECOND;
    this.tokens = Math.min(HANDSHAKES_PER_SECOND, this.tokens + refill);
    this.refilledAt = now;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return 0;
    }
    const next = Math.max(now, this.givenUntil) + 1_000 / HANDSHAKES_PER_SECOND;
    this.givenUntil = Math.min(next, now + LONGEST_WAIT_MS);
    return (this.givenUntil - now) / 1_000;
  }
}
