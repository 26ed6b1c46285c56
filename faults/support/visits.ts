import type { Scene } from './fault.js';
import { Listener } from './listener.js';
import { gather, signIn, type Person } from './people.js';
import { pause } from './processes.js';
import { rawSocketOf } from '../../apps/server/test/support/reading.js';

const GROUP = 20;
/** Tokens live ten minutes. */
const SIGN_IN_MS = 300_000;
const LONGEST_STAY_MS = 2_000;
const CONNECTED_MS = 5_000;

/** People who come and go: in order, with a cable pulled, or before they have been let in. */
export class Visits {
  made = 0;
  private signedInAt = 0;
  private readonly open = new Set<Promise<void>>();

  private constructor(
    private readonly scene: Scene,
    private readonly people: Person[],
    private readonly port: number,
  ) {}

  static async prepare(scene: Scene, people: Person[]): Promise<Visits> {
    for (let from = 0; from < people.length; from += GROUP)
      await gather(scene.cluster, `Visitors ${from}`, people.slice(from, from + GROUP));
    const { port } = await scene.cluster.door();
    return new Visits(scene, people, port);
  }

  /** So many, evenly over that time; resolves when all of them have gone. */
  async make(count: number, overMs: number): Promise<void> {
    const since = performance.now();
    for (let turn = 0; turn < count; turn += 1) {
      await pause(Math.max(0, (overMs * turn) / count - (performance.now() - since)));
      if (performance.now() - this.signedInAt > SIGN_IN_MS) await this.signIn();
      const visit = this.visit().finally(() => this.open.delete(visit));
      this.open.add(visit);
    }
    await Promise.all(this.open);
  }

  private async signIn(): Promise<void> {
    this.signedInAt = performance.now();
    await signIn(this.scene.cluster, this.people);
  }

  private async visit(): Promise<void> {
    const { random, crowd } = this.scene;
    this.made += 1;
    const person = random.pick(this.people);
    const listener = new Listener({ name: `visit ${this.made}`, person, port: this.port, recorder: crowd.recorder });
    const [stays, pulls, staysMs] = [random.chance(0.9), random.chance(0.3), random.below(LONGEST_STAY_MS)];
    listener.connect();
    if (stays) await untilConnected(listener);
    await pause(stays ? staysMs : random.below(20));
    if (pulls && listener.socket?.connected === true) rawSocketOf(listener).destroy();
    listener.close();
  }
}

async function untilConnected(listener: Listener): Promise<void> {
  for (const since = performance.now(); performance.now() - since < CONNECTED_MS && !listener.isUpToDate;)
    await pause(20);
}
