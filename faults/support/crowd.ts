import type { Recorder } from '@tertulia/history-checker';
import type { Ports } from '../../packages/client/src/ports.js';
import { Browser } from './browser.js';
import type { Cluster } from './cluster.js';
import { Deliveries } from './deliveries.js';
import { Device, PASSWORD } from './device.js';
import { inTurns } from './in-turns.js';
import { pause } from './processes.js';
import type { Random } from './random.js';

const PEOPLE = 20;
/** These people have a second device. */
const SECOND = 4;
const GROUPS = [20, 9, 7];
const DIRECTS = 3;
/** How often every screen is looked at. */
const LOOK_MS = 100;

export interface Room {
  id: string;
  kind: 'group' | 'direct';
  /** Those who are meant to be in it, by number. */
  members: Set<number>;
}

export interface CrowdOptions {
  /** The second devices are tabs of the first ones' browsers. */
  tabs?: boolean;
  clientPorts?(index: number): Partial<Ports>;
  /** Done to each client when it has logged in. */
  plant?(device: Device): void;
}

/** Twenty-four clients of twenty people in six conversations, each with all of theirs open. */
export class Crowd {
  readonly devices: Device[] = [];
  readonly rooms: Room[] = [];
  readonly deliveries = new Deliveries();
  private readonly watch = setInterval(() => this.lookForHoles(), LOOK_MS);

  private constructor(
    readonly cluster: Cluster,
    readonly recorder: Recorder,
    private readonly random: Random,
    private readonly options: CrowdOptions,
  ) {}

  static async gather(cluster: Cluster, recorder: Recorder, random: Random, options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(cluster, recorder, random, options);
    await crowd.enter();
    await crowd.meet();
    await crowd.openAll();
    return crowd;
  }

  /** The devices of one person, by number. */
  of(person: number): Device[] {
    return this.devices.filter((_, index) => index % PEOPLE === person);
  }

  personOf(device: Device): number {
    return this.devices.indexOf(device) % PEOPLE;
  }

  roomsOf(device: Device): Room[] {
    return this.rooms.filter(({ members }) => members.has(this.personOf(device)));
  }

  devicesIn({ members }: Room): Device[] {
    return this.devices.filter((device) => members.has(this.personOf(device)));
  }

  /** The two devices of everybody who has two. */
  get pairs(): [Device, Device][] {
    return range(SECOND).map((person) => [this.devices[person]!, this.devices[PEOPLE + person]!]);
  }

  isOwner({ members }: Room, device: Device): boolean {
    const [owner] = members;
    return this.personOf(device) === owner;
  }

  /** The owner adds somebody to a group, or removes them. */
  async move(room: Room, person: number, isIn: boolean): Promise<void> {
    const [owner] = room.members;
    const { client } = this.devices[owner!]!;
    const { user } = this.devices[person]!;
    if (isIn) await client.addMembers(room.id, [user]);
    else await client.removeMember(room.id, user);
    if (!isIn) return void room.members.delete(person);
    room.members.add(person);
    for (const device of this.of(person)) void device.client.openConversation(room.id).catch(() => undefined);
  }

  private async device(name: string, sibling?: Device): Promise<Device> {
    const { tabs, clientPorts } = this.options;
    const device = new Device({
      name,
      door: sibling?.door ?? (await this.cluster.door()),
      browser: sibling?.browser ?? new Browser({ hasTabs: tabs === true && this.devices.length < SECOND }),
      recorder: this.recorder,
      deliveries: this.deliveries,
      ports: clientPorts?.(this.devices.length) ?? {},
    });
    this.devices.push(device);
    return device;
  }

  private async enter(): Promise<void> {
    const { tabs, plant } = this.options;
    const email = (person: number): string => `p${person}@example.org`;
    for (let person = 0; person < PEOPLE; person += 1) await this.device(`p${person}`);
    await inTurns(this.devices.slice(), (device, person) =>
      device.client.register({ email: email(person), name: `Person ${person}`, password: PASSWORD }),
    );
    const siblings = tabs === true ? this.devices.slice(0, SECOND) : [];
    for (let person = 0; person < SECOND; person += 1) await this.device(`p${person}b`, siblings[person]);
    await inTurns(this.devices.slice(PEOPLE), (device, person) =>
      device.client.login({ email: email(person), password: PASSWORD }),
    );
    for (const device of this.devices) plant?.(device);
  }

  private async meet(): Promise<void> {
    for (const [index, size] of GROUPS.entries()) {
      const members = index === 0 ? range(size) : this.sample(size);
      const [owner, ...others] = members.map((person) => this.devices[person]!);
      const row = await owner!.client.createGroup(
        `Group ${index}`,
        others.map(({ user }) => user),
      );
      this.rooms.push({ id: row.id, kind: 'group', members: new Set(members) });
    }
    for (let index = 0; index < DIRECTS; index += 1) {
      // Who has two devices is in one of them.
      const [one, other] = [index, SECOND + index];
      const row = await this.devices[one]!.client.startDirect(this.devices[other]!.user);
      this.rooms.push({ id: row.id, kind: 'direct', members: new Set([one, other]) });
    }
  }

  private async openAll(): Promise<void> {
    await inTurns(this.devices, async (device) => {
      for (const { id } of this.roomsOf(device)) await device.client.openConversation(id);
    });
    while (this.devices.some(({ connection }) => connection !== 'online')) await pause(50);
  }

  private lookForHoles(): void {
    for (const device of this.devices) device.lookForHoles();
  }

  private sample(size: number): number[] {
    const people = range(PEOPLE);
    return Array.from({ length: size }, () => people.splice(this.random.below(people.length), 1)[0]!);
  }

  async close(): Promise<void> {
    clearInterval(this.watch);
    await Promise.all(this.devices.map(({ client }) => client.close()));
  }
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
