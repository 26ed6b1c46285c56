import { getMe, sendMessage } from '@tertulia/contract';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../logging/logger.js';
import { SocketRouter } from './socket-router.js';

const handle = () => Promise.reject(new Error('not called'));

describe('the table of socket events', () => {
  it('refuses to boot with an event that has no policy for users, no event, or two handlers', () => {
    const router = new SocketRouter(createLogger('silent'), 20);
    router.on(sendMessage, handle);
    expect(router.events).toEqual(['message:send']);
    expect(() => router.on(sendMessage, handle)).toThrow('routed twice');
    expect(() => router.on({ ...sendMessage, event: 'other', access: 'anyone' }, handle)).toThrow('policy');
    expect(() => router.on(getMe, handle)).toThrow('no socket event');
  });
});
