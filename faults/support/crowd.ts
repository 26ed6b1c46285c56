import type { Recorder } from '@tertulia/history-checker';
import type { Ports } from '../../packages/client/src/ports.js';
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

export interface Room {
  id: string;
  kind: 'group' | 'direct';
  /** Those who are meant to be in it, by number. */
  members: Set<number>;
}

/** Twenty-four clients of twenty people in six conversations, each with all of theirs open. */
export class Crowd {
  readonly devices: Device[] = [];
  readonly rooms: Room[] = [];
  readonly deliveries = new Deliveries();

  private constructor(
    readonly cluster: Cluster,
    readonly recorder: Recorder,
    private readonly random: Random,
    private readonly portsOf: (index: number) => Partial<Ports>,
  ) {}

  static async gather(
    cluster: Cluster,
    recorder: Recorder,
    random: Random,
    portsOf: (index: number) => Partial<Ports> = () => ({}),
  ): Promise<Crowd> {
    const crowd = new Crowd(cluster, recorder, random, portsOf);
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

  private async device(name: string): Promise<Device> {
    const device = new Device({
      name,
      door: await this.cluster.door(),
      recorder: this.recorder,
      deliveries: this.deliveries,
      ports: this.portsOf(this.devices.length),
    });
    this.devices.push(device);
    return device;
  }

  private async enter(): Promise<void> {
    const email = (person: number): string => `p${person}@example.org`;
    for (let person = 0; person < PEOPLE; person += 1) await this.device(`p${person}`);
    await inTurns(this.devices.slice(), (device, person) =>
      device.client.register({ email: email(person), name: `Person ${person}`, password: PASSWORD }),
    );
    for (let person = 0; person < SECOND; person += 1) await this.device(`p${person}b`);
    await inTurns(this.devices.slice(PEOPLE), (device, person) =>
      device.client.login({ email: email(person), password: PASSWORD }),
    );
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

  private sample(size: number): number[] {
    const people = range(PEOPLE);
    return Array.from({ length: size }, () => people.splice(this.random.below(people.length), 1)[0]!);
  }

  async close(): Promise<void> {
    await Promise.all(this.devices.map(({ client }) => client.close()));
  }
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
