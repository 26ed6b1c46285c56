import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patiently } from './patiently.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const slow = () => new Error('Connection terminated due to connection timeout');

it('waits for a database that does not answer yet', async () => {
  const ask = vi.fn().mockRejectedValueOnce(slow()).mockRejectedValueOnce(slow()).mockResolvedValue('here');
  const asked = patiently(ask);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await asked).toBe('here');
});

it('says in a sentence what is wrong when it never answers', async () => {
  const asked = patiently(() => Promise.reject(slow()));
  const refusal = expect(asked).rejects.toThrow(
    /^PostgreSQL cannot be reached: Connection terminated.*Check DATABASE_URL.*start again\.$/,
  );
  await vi.advanceTimersByTimeAsync(60_000);
  await refusal;
});

it('does not wait for a host or a password that is wrong', async () => {
  const ask = vi.fn().mockRejectedValue(Object.assign(new Error('password is wrong'), { code: '28P01' }));
  await expect(patiently(ask)).rejects.toThrow('PostgreSQL cannot be reached: password is wrong');
  expect(ask).toHaveBeenCalledTimes(1);
});

it('does not wait for what no waiting mends', async () => {
  const ask = vi.fn().mockRejectedValue(new Error('column "x" does not exist'));
  await expect(patiently(ask)).rejects.toThrow('column');
  expect(ask).toHaveBeenCalledTimes(1);
});
