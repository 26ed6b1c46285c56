import { readFileSync } from 'node:fs';

interface Schedule {
  ran: number;
  waited: number;
}

/** Linux counts how long a thread ran, and how long it could have run and was not let. */
function schedule(): Schedule {
  try {
    const [ran = 0, waited = 0] = readFileSync('/proc/self/schedstat', 'utf8').split(' ').map(Number);
    return { ran, waited };
  } catch {
    return { ran: 0, waited: 0 };
  }
}

/**
 * How many times longer everything takes because the machine is busy with other things. The bounds of the faults are
 * meant for a machine that keeps up: they are multiplied by this, and it is printed with the figures.
 */
export class Slowness {
  private readonly began = schedule();

  /** From the making of this object until now; 1: whoever could run, ran. */
  get factor(): number {
    const now = schedule();
    const ran = now.ran - this.began.ran;
    return ran > 0 ? 1 + (now.waited - this.began.waited) / ran : 1;
  }
}
