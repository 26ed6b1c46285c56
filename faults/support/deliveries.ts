/** Milliseconds; NaN when nothing was delivered. */
export interface Times {
  p50: number;
  p99: number;
}

/** When a message was written, and when a client showed it. Milliseconds of this process's monotonic clock. */
export interface Delivery {
  written: number;
  seen: number;
  writer: string;
  receiver: string;
}

/** Deliveries of what was written from … to, by the monotonic clock. */
export interface Choice {
  from: number;
  to?: number;
  seenBefore?: number;
  by?: (receiver: string, writer: string) => boolean;
}

/** Timings of the run, beside the history: how long from the keyboard to each screen. */
export class Deliveries {
  readonly all: Delivery[] = [];
  /** When commands were acknowledged. */
  readonly answers: number[] = [];
  private readonly writtenAt = new Map<string, number>();
  private readonly byOp = new Map<string, { written: number; writer: string; seenBy: Map<string, number> }>();

  /** Bodies are unique. */
  written(body: string): void {
    this.writtenAt.set(body, performance.now());
  }

  invoked(op: string, body: string, writer: string): void {
    const written = this.writtenAt.get(body);
    if (written !== undefined) this.byOp.set(op, { written, writer, seenBy: new Map() });
    this.writtenAt.delete(body);
  }

  seen(op: string, receiver: string): void {
    const message = this.byOp.get(op);
    if (message === undefined || message.seenBy.has(receiver)) return;
    const seen = performance.now();
    message.seenBy.set(receiver, seen);
    this.all.push({ written: message.written, seen, writer: message.writer, receiver });
  }

  /** Infinity: never. */
  seenAt(op: string, receiver: string): number {
    return this.byOp.get(op)?.seenBy.get(receiver) ?? Infinity;
  }

  quantiles({ from, to = Infinity, seenBefore = Infinity, by = () => true }: Choice): Times {
    const times = this.all
      .filter(
        ({ written, seen, receiver, writer }) =>
          written >= from && written < to && seen < seenBefore && by(receiver, writer),
      )
      .map(({ written, seen }) => seen - written)
      .sort((a, b) => a - b);
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  }
}

/** Of sorted numbers; NaN: there are none. */
export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
