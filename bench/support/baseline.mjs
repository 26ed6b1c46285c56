import { inRepository } from './paths.mjs';
import { startProgram } from './processes.mjs';

export const startBaseline = ({ nodeArguments = [] } = {}) =>
  startProgram(process.execPath, [...nodeArguments, inRepository('bench/support/baseline-server.mjs')]);
