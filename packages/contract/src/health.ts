import { z } from 'zod';
import { command } from './command.js';

export const healthLive = command({
  name: 'healthLive',
  summary: 'The process answers.',
  http: 'GET /api/health/live',
  access: 'anyone',
  input: z.strictObject({}),
  output: z.object({}),
  errors: [],
});

export const healthReady = command({
  name: 'healthReady',
  summary: 'This node takes people. Else `moved` (it is stopping) or `unavailable` (no database), both 503.',
  http: 'GET /api/health/ready',
  access: 'anyone',
  input: z.strictObject({}),
  output: z.object({}),
  errors: [],
});
