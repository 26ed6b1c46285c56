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
    /^PostgreSQL does not answer: Connection terminated.*Check DATABASE_URL.*start again\.$/,
  );
  await vi.advanceTimersByTimeAsync(60_000);
  await refusal;
});

it('does not wait for what no waiting mends', async () => {
  const ask = vi.fn().mockRejectedValue(new Error('column "x" does not exist'));
  await expect(patiently(ask)).rejects.toThrow('column');
  expect(ask).toHaveBeenCalledTimes(1);
});
