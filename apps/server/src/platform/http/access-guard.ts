import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { PROTOCOL_VERSION } from '@tertulia/contract';
import type { Request } from 'express';
import { AppError } from '../../shared/app-error.js';
import type { Authenticator } from '../../shared/authenticator.js';
import type { Origins } from './origins.js';
import { commandOf, type ActorRequest } from './route.js';

/**
 * The protocol version that a client speaks. Also what a form or an image of a foreign page cannot send without a
 * preflight, which CORS then refuses.
 */
const OWN_HEADER = 'x-tertulia';

/** Deny by default: a handler without a command, and so without a policy, does not exist. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly origins: Origins,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ActorRequest>();
    const command = commandOf(context.getHandler() as never);
    if (!command) throw new AppError('route_not_found');
    if (request.method !== 'GET') this.requireOrigin(request);
    requireProtocol(request);
    if (command.access === 'cookie' && request.headers[OWN_HEADER] === undefined) throw new AppError('origin_refused');
    if (command.access === 'user') request.actor = (await this.authenticator.authenticate(bearer(request))).actor;
    return true;
  }

  private requireOrigin(request: Request): void {
    if (!this.origins.allows(request.headers.origin, request.headers.host)) throw new AppError('origin_refused');
  }
}

/** A program without the header is taken at its word; a tab from before an upgrade says what it is. */
function requireProtocol({ headers }: Request): void {
  const spoken = headers[OWN_HEADER];
  if (spoken !== undefined && spoken !== String(PROTOCOL_VERSION))
    throw new AppError('outdated_client', { protocol: PROTOCOL_VERSION });
}

function bearer(request: Request): string {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new AppError('unauthenticated');
  return token;
}
