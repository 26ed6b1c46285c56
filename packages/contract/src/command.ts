import type { z } from 'zod';
import type { ErrorCode } from './errors.js';

/**
 * One thing a client may ask for. The same definition makes the HTTP route, the socket event (where it has one), the
 * OpenAPI and AsyncAPI documents, and the types of the client.
 */
export interface Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  name: string;
  summary: string;
  /** Path parameters (`:conversation`) are fields of the input; the rest is the query of a GET, else the JSON body. */
  http?: `${'GET' | 'POST'} /api/${string}`;
  /** The socket event, where it has one; its data is the same input. */
  event?: string;
  /** `anyone`: no session. `cookie`: the refresh cookie, never the access token. `user`: a live session. */
  access: 'anyone' | 'cookie' | 'user';
  input: I;
  output: O;
  /** What it may refuse with, besides what every command can (see `commonErrors`). */
  errors: readonly ErrorCode[];
}

export type Input<C extends Command> = z.infer<C['input']>;
export type Output<C extends Command> = z.infer<C['output']>;

/** Refusals that do not depend on the command. */
export const commonErrors = [
  'invalid_input',
  'malformed',
  'too_large',
  'outdated_client',
  'rate_limited',
  'busy',
  'moved',
  'unavailable',
  'outcome_unknown',
  'storage_full',
  'internal',
] as const satisfies readonly ErrorCode[];

export function command<I extends z.ZodType, O extends z.ZodType>(definition: Command<I, O>): Command<I, O> {
  return definition;
}
