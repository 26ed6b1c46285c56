import { expect, it } from 'vitest';
import { AtMost } from './at-most.js';

it('refuses more than so much at once, says for how long, and takes the next when one is done or has failed', async () => {
  const turns = new AtMost(2);
  let finish = (_text: string): void => undefined;
  let fail = (_error: Error): void => undefined;
  const first = turns.run(() => new Promise<string>((resolve) => (finish = resolve)));
  const second = turns.run(() => new Promise<string>((_, reject) => (fail = reject)));
  await expect(turns.run(() => Promise.resolve('third'))).rejects.toMatchObject({
    code: 'busy',
    data: { after: expect.any(Number) as number },
  });
  fail(new Error('broken'));
  await expect(second).rejects.toThrow('broken');
  expect(await turns.run(() => Promise.resolve('fourth'))).toBe('fourth');
  finish('first');
  expect(await first).toBe('first');
});
