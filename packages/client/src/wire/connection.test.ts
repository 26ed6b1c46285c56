import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SocketHandlers } from '../ports.js';
import { Connection } from './connection.js';

/** The server's side of every socket that was opened, the newest last. */
let opened: SocketHandlers[];
let connection: Connection;

beforeEach(async () => {
  vi.useFakeTimers();
  opened = [];
  const nothing = () => {};
  connection = new Connection({
    baseUrl: 'http://fake',
    openSocket: (_url, _handshake, handlers) => {
      opened.push(handlers);
      return { request: () => Promise.resolve({ ok: true, data: {} }), close: nothing };
    },
    random: () => 0.5,
    token: () => Promise.resolve('token'),
    renew: () => Promise.resolve('token'),
    sessionEnded: nothing,
    changed: nothing,
    events: { ready: nothing, change: nothing, 'user:changed': nothing, 'sync:hint': nothing },
  });
  connection.start();
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

const ready = () => opened.at(-1)!.events.ready({ epoch: 'epoch', user: 'user', uver: 0 });

describe('the connection', () => {
  it('comes back when a busy server said, and a little later, so that a herd spreads', async () => {
    opened[0]!.refused({ code: 'busy', data: { after: 7 } });
    await vi.advanceTimersByTimeAsync(7_000);
    expect(opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(opened).toHaveLength(2);
  });

  it('asks nothing new of a server that said goodbye, and connects once, after the time it was given', async () => {
    ready();
    expect(connection.serves).toBe(true);
    opened[0]!.events.bye({ after: 5_000 });
    expect(connection.serves).toBe(false);
    await expect(connection.request('markRead', { conversation: 'c', rev: 0, seq: 1 })).rejects.toMatchObject({
      code: 'offline',
    });
    opened[0]!.closed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(opened).toHaveLength(2);
    ready();
    expect(connection.serves).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toHaveLength(2);
  });

  it('leaves by itself a server that said goodbye and does not close', async () => {
    ready();
    opened[0]!.events.bye({ after: 0 });
    await vi.advanceTimersByTimeAsync(2_250);
    expect(opened).toHaveLength(2);
  });

  it('comes back at once when somebody looks', async () => {
    ready();
    opened[0]!.events.bye({ after: 60_000 });
    opened[0]!.closed();
    connection.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(opened).toHaveLength(2);
  });
});
