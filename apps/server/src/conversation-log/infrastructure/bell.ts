import { z } from 'zod';
import type { Bus } from '../../platform/bus/bus.js';

const TOPIC = 'bell';

/** `c`: conversation id and the ver it has reached, in turn; `u`: users of whom something of their own has changed. No bodies. */
const Ring = z.object({ c: z.array(z.int()), u: z.array(z.int()) });

export interface Hearing {
  /** May be late, repeated or a lie: what it says is looked up. */
  heard(conversationId: number, ver: number): void;
  heardUsers(userIds: readonly number[]): void;
}

/** Tells the other nodes to look at what this one has committed, gathered over one turn of the event loop. */
export class Bell {
  private readonly vers = new Map<number, number>();
  private readonly users = new Set<number>();
  private scheduled = false;

  constructor(private readonly bus: Bus) {}

  listen(hearing: Hearing): void {
    this.bus.on(TOPIC, (message) => {
      const ring = Ring.safeParse(message);
      if (!ring.success) return;
      const { c, u } = ring.data;
      for (let at = 0; at + 1 < c.length; at += 2) hearing.heard(c[at]!, c[at + 1]!);
      hearing.heardUsers(u);
    });
  }

  ring(conversationId: number, ver: number): void {
    if (!this.bus.connected) return;
    this.vers.set(conversationId, Math.max(ver, this.vers.get(conversationId) ?? 0));
    this.schedule();
  }

  ringUsers(userIds: readonly number[]): void {
    if (!this.bus.connected) return;
    for (const userId of userIds) this.users.add(userId);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.send());
  }

  private send(): void {
    this.scheduled = false;
    this.bus.publish(TOPIC, { c: [...this.vers].flat(), u: [...this.users] } satisfies z.infer<typeof Ring>);
    this.vers.clear();
    this.users.clear();
  }
}
