import type { Fault } from './support/fault.js';
import { pause } from './support/processes.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const skewedClocks: Fault = {
  id: 'F10',
  hypothesis:
    'the clocks of nodes are wrong by up to 10 min, those of clients by a day: order is sane, nobody is logged out',
  seconds: 40,
  preloads: ['skew-clock.mjs'],
  nodeEnv: (index) => ({ CLOCK_SKEW_MS: String((index - 1) * 10 * MINUTE_MS) }),
  clientPorts: (index) => ({ now: () => Date.now() + ((index % 3) - 1) * DAY_MS }),
  run: ({ duringMs }) => pause(duringMs),
  judge({ crowd, complain }) {
    for (const { name, session, connection } of crowd.devices)
      if (session !== 'signed-in' || connection !== 'online') complain(`${name} is ${session} and ${connection}`);
  },
};
