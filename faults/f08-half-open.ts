import type { Fault } from './support/fault.js';
import { pause } from './support/processes.js';

const CLIENTS = 6;

export const halfOpen: Fault = {
  id: 'F8',
  hypothesis:
    'some clients hold half-open connections, and their network is a black hole: what they write is kept, and they have recovered within 5 s after it heals',
  seconds: 60,
  async run({ crowd, random, duringMs, strike }) {
    const unlucky = Array.from({ length: CLIENTS }, () => random.pick(crowd.devices));
    strike(`half open: ${unlucky.map(({ name }) => name).join(', ')}`);
    for (const { door } of unlucky) {
      door.forsake();
      door.weather = 'hole';
    }
    await pause(duringMs);
    for (const { door } of unlucky) door.weather = 'pass';
  },
  judge({ complain }, { convergedMs, within }) {
    if (convergedMs > within(5_000)) complain(`recovered after ${Math.round(convergedMs)} ms`);
  },
};
