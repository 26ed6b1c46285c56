import { describe, expect, it } from 'vitest';
import { HANDSHAKES_PER_SECOND, HandshakeRate } from './handshake-rate.js';

describe('the rate of handshakes', () => {
  it('lets a second’s worth in at once and gives everybody else a moment of their own', () => {
    const rate = new HandshakeRate();
    const waits = Array.from({ length: 2_000 }, () => rate.take(10_000));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(HANDSHAKES_PER_SECOND);
    const others = waits.slice(HANDSHAKES_PER_SECOND);
    expect(new Set(others.map((wait) => wait.toFixed(4))).size).toBe(others.length);
    expect(Math.max(...others)).toBeCloseTo(others.length / HANDSHAKES_PER_SECOND, 3);
  });

  it('lets everybody in who comes when they were told', () => {
    const rate = new HandshakeRate();
    const told = Array.from({ length: 2_000 }, () => rate.take(0)).filter((wait) => wait > 0);
    expect(told.map((wait) => rate.take(wait * 1_000 + 1)).filter((wait) => wait > 0)).toEqual([]);
  });

  it('keeps nobody away for longer than half a minute, whoever floods it', () => {
    const rate = new HandshakeRate();
    for (let flood = 0; flood < 100_000; flood += 1) rate.take(0);
    expect(rate.take(0)).toBeLessThanOrEqual(30);
    expect(rate.take(30_000)).toBe(0);
  });
});
