import type { Crowd, Room } from './crowd.js';
import type { Device } from './device.js';
import type { Random } from './random.js';

const TICK_MS = 20;
/** People correct what they have just written. */
const RECENT = 40;

/** What people do, by how often. Changes of members are rare: each makes half a dozen things move. */
const WEIGHTS = { send: 80, read: 11, edit: 5, remove: 2, member: 2 } as const;
type Deed = keyof typeof WEIGHTS;

/** Whatever can be refused or meet bad weather: its end stands in the history. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

/** People who write, read, and add and remove each other, so many commands per second in all, whatever the weather. */
export class Load {
  sent = 0;
  private timer: NodeJS.Timeout | null = null;
  private owed = 0;
  private last = 0;
  private readonly line = Array.from(Object.entries(WEIGHTS)).flatMap(([deed, weight]) =>
    Array<Deed>(weight).fill(deed as Deed),
  );
  private changing: Promise<void> = Promise.resolve();

  constructor(
    private readonly crowd: Crowd,
    private readonly random: Random,
    private readonly perSecond: number,
  ) {}

  start(): void {
    this.last = performance.now();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Also waits for the change of members that is under way, and for the last read marks. */
  async stop(): Promise<void> {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
    await this.changing;
  }

  /** One message into each conversation at once: what only the next one would bring to light must come by itself. */
  sayLastWords(): void {
    for (const room of this.crowd.rooms) this.send(this.random.pick(this.crowd.devicesIn(room)), room);
  }

  private tick(): void {
    const now = performance.now();
    this.owed += ((now - this.last) / 1000) * this.perSecond;
    this.last = now;
    for (const { devices } = this.crowd; this.owed >= 1; this.owed -= 1) {
      const device = this.random.pick(devices);
      this.act(device, this.random.pick(this.line));
      device.goToNewest();
    }
  }

  private act(device: Device, deed: Deed): void {
    const rooms = this.crowd.roomsOf(device);
    // Somebody may be out of everything for a moment.
    if (rooms.length === 0) return;
    const room = this.random.pick(rooms);
    if (deed === 'send') this.send(device, room);
    else if (deed === 'read') device.client.markRead(room.id, device.lastShown(room.id));
    else if (deed === 'edit' || deed === 'remove') this.changeOwn(device, room, deed);
    else this.changeMembers(this.crowd.rooms[1 + this.random.below(2)]!);
  }

  private send(device: Device, room: Room): void {
    this.sent += 1;
    const body = `${device.name} ${this.sent}`;
    this.crowd.deliveries.written(body);
    quietly(device.client.send(room.id, body));
  }

  /** One of their own last words, as they see it. */
  private changeOwn({ client, user, shown, name }: Device, room: Room, deed: 'edit' | 'remove'): void {
    const own = shown(room.id)
      ?.messages.slice(-RECENT)
      .filter(({ sender, deleted }) => sender === user && !deleted);
    if (own === undefined || own.length === 0) return;
    const message = this.random.pick(own);
    if (deed === 'remove') quietly(client.remove(room.id, message));
    else quietly(client.edit(room.id, message, `${name} ${(this.sent += 1)} instead`));
  }

  /** Removes a member who is no owner, or adds back one who was removed. One change at a time over all. */
  private changeMembers(room: Room): void {
    const [, ...others] = room.members;
    const outside = this.crowd.devices
      .map((device) => this.crowd.personOf(device))
      .filter((person) => !room.members.has(person));
    const adds = outside.length > 0 && (others.length < 4 || this.random.chance(0.5));
    const person = this.random.pick(adds ? outside : others);
    this.changing = this.changing.then(() => this.crowd.move(room, person, adds)).catch(() => undefined);
  }
}
