import type { Command } from '../command.js';
import * as contract from '../index.js';

const isCommand = (value: unknown): value is Command =>
  typeof value === 'object' && value !== null && 'access' in value && 'input' in value;

/** Every command there is, in alphabetical order. */
export const commands: readonly Command[] = Object.values(contract as Record<string, unknown>)
  .filter(isCommand)
  .sort((a, b) => (a.name < b.name ? -1 : 1));
