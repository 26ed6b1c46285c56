import type { Report } from '@tertulia/history-checker';
import type { Times } from './deliveries.js';
import type { Measured } from './fault.js';

/** One run in numbers; the times are from the keyboard of one to the screen of another, in milliseconds. */
export interface Figures {
  fault: string;
  seed: number;
  sent: number;
  acknowledged: number;
  delivered: number;
  lost: number;
  doubled: number;
  disordered: number;
  convergedMs: number;
  slowness: number;
  before: Times;
  during: Times;
  after: Times;
}

export const figuresOf = (
  fault: string,
  seed: number,
  { sent, acknowledged, lost, doubled, disordered }: Report['counts'],
  delivered: number,
  { convergedMs, slowness, before, during, after }: Measured,
): Figures => ({
  ...{
    fault,
    seed,
    sent,
    acknowledged,
    delivered,
    lost,
    doubled,
    disordered,
    convergedMs,
    slowness,
    before,
    during,
    after,
  },
});

const ms = (value: number): string => (Number.isFinite(value) ? `${Math.round(value)}` : '–');
const times = ({ p50, p99 }: Times): string => `${ms(p50)}/${ms(p99)}`;

export const asLine = (figures: Figures): string =>
  [
    `${figures.fault}: seed ${figures.seed}`,
    ...(['sent', 'acknowledged', 'delivered', 'lost', 'doubled', 'disordered'] as const).map(
      (name) => `${name} ${figures[name]}`,
    ),
    `converged in ${ms(figures.convergedMs)} ms`,
    `p50/p99 before ${times(figures.before)}, during ${times(figures.during)}, after ${times(figures.after)} ms`,
    `bounds × ${figures.slowness.toFixed(1)}`,
  ].join(', ');
