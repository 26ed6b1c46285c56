import type { Bus } from '../../platform/bus/bus.js';
import { Announcements } from '../application/ports.js';
import type { Roster } from '../application/roster.js';
import type { Announcement } from './announcement.js';

export const PRESENCE_TOPIC = 'presence';
const BATCH_MS = 100;

/** Speaks for this node. What it says is read from the roster when it is said, so a batch tells the last state. */
export class BusAnnouncements extends Announcements {
  private n = 0;
  private readonly pending = new Set<number>();
  private wholeList = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly bus: Bus,
    private readonly roster: Roster,
  ) {
    super();
  }

  get connected(): boolean {
    return this.bus.connected;
  }

  /** After a start or a silence: asks the others for their lists, and tells one's own. */
  greet(): void {
    this.say({ kind: 'hello' });
    this.renew();
  }

  changed(userIds: readonly number[]): void {
    for (const userId of userIds) this.pending.add(userId);
    this.schedule();
  }

  renew(): void {
    this.wholeList = true;
    this.schedule();
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.flush(), BATCH_MS).unref();
  }

  private flush(): void {
    this.timer = null;
    const { wholeList } = this;
    const changed = [...this.pending];
    this.wholeList = false;
    this.pending.clear();
    if (!this.bus.connected) return;
    this.n += 1;
    const by = { node: this.bus.nodeId, n: this.n };
    if (wholeList) return this.say({ kind: 'list', ...by, here: this.roster.everybodyHere });
    const here = changed.filter((userId) => this.roster.isHere(userId));
    this.say({ kind: 'change', ...by, here, gone: changed.filter((userId) => !this.roster.isHere(userId)) });
  }

  private say(announcement: Announcement): void {
    this.bus.publish(PRESENCE_TOPIC, announcement);
  }
}
