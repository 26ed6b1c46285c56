import { fork } from 'node:child_process';
import { inRepository } from './paths.mjs';

/** The load generator: a process of its own, told what to do. */
export function startGenerator() {
  const child = fork(inRepository('bench/generator/main.mjs'), { execArgv: [] });
  const waiting = new Map();
  let calls = 0;
  child.on('message', ({ call, result, error }) => {
    const { resolve, reject } = waiting.get(call);
    waiting.delete(call);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  child.on('exit', (code) => waiting.forEach(({ reject }) => reject(new Error(`the generator ended (${code})`))));
  process.once('exit', () => child.kill('SIGKILL'));
  const call = (method, options) =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      child.send({ call: calls, method, options });
    });
  return { pid: child.pid, call, stop: () => child.kill('SIGKILL') };
}
