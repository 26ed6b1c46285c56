import type { Shape } from './link.js';
import type { Random } from './random.js';
import { messageLike, RespSplitter, stringsOf } from './resp.js';

export interface BellWeather {
  /** Probabilities per message. */
  drops: number;
  doubles: number;
  delays: number;
  forges: number;
  /** A delayed message is up to so late, and so comes after later ones. */
  delayMs: number;
}

export interface BellCounts {
  passed: number;
  dropped: number;
  doubled: number;
  delayed: number;
  forged: number;
}

/** What a bad bus does to published messages on their way to one subscriber; all other replies pass untouched. */
export class LossyBell {
  readonly counts: BellCounts = { passed: 0, dropped: 0, doubled: 0, delayed: 0, forged: 0 };

  constructor(
    private readonly random: Random,
    private readonly weather: BellWeather,
  ) {}

  /** For one connection. */
  readonly shape = (): Shape => {
    const splitter = new RespSplitter();
    return (chunk, pass) => {
      for (const reply of splitter.push(chunk)) {
        const parts = stringsOf(reply);
        if (parts !== null && /^[sp]?message$/.test(parts[0] ?? '')) this.mistreat(reply, parts, pass);
        else pass(reply);
      }
    };
  };

  private mistreat(reply: Buffer, parts: readonly string[], pass: (data: Buffer) => void): void {
    const { random, weather, counts } = this;
    if (random.chance(weather.forges)) this.forge(reply, parts, pass);
    if (random.chance(weather.drops)) return void (counts.dropped += 1);
    if (random.chance(weather.doubles)) {
      counts.doubled += 1;
      pass(reply);
    }
    if (random.chance(weather.delays)) {
      counts.delayed += 1;
      setTimeout(() => pass(reply), random.next() * weather.delayMs);
      return;
    }
    counts.passed += 1;
    pass(reply);
  }

  /** The same message with other numbers, far ahead, far behind or of something else; or no message at all. */
  private forge(reply: Buffer, parts: readonly string[], pass: (data: Buffer) => void): void {
    this.counts.forged += 1;
    const payload = parts.at(-1) ?? '';
    const forged = this.random.chance(0.2)
      ? 'this is no bell'
      : payload.replace(/\d+/g, (digits) => String(Math.max(0, Number(digits) + this.random.below(2_000) - 500)));
    pass(messageLike(reply, [...parts.slice(0, -1), forged]));
  }
}
