import { renewToken } from '@tertulia/contract';
import type { SocketRouter } from '../../platform/realtime/socket-router.js';
import { AppError } from '../../shared/app-error.js';
import type { Authenticator } from '../../shared/authenticator.js';
import type { Clock } from '../../shared/clock.js';

/** Keeps an open socket alive past its first access token. */
export class SessionGateway {
  constructor(router: SocketRouter, authenticator: Authenticator, clock: Clock) {
    router.on(renewToken, async (actor, { token }, socket) => {
      const renewed = await authenticator.authenticate(token);
      if (renewed.actor.userId !== actor.userId) throw new AppError('unauthenticated');
      socket.data.actor = renewed.actor;
      socket.data.expiresAt = renewed.expiresAt;
      return { expiresIn: Math.floor((renewed.expiresAt - clock.now()) / 1000) };
    });
  }
}
