import type { CookieOptions, Request, Response } from 'express';
import { hashOfToken, newToken } from '../../shared/link-token.js';
import type { Device } from '../application/ports.js';

/** As long as a browser keeps a cookie at most; each log-in begins it anew. */
const LIFE_MS = 400 * 24 * 3_600_000;
const TOKEN = /^[\w-]{43}$/;

/** By it a browser is known again after a log-out. It opens nothing: it only tells a new device from an old one. */
export class DeviceCookie {
  private readonly name: string;
  private readonly options: CookieOptions;

  constructor(secure: boolean) {
    this.name = secure ? '__Host-tertulia-device' : 'tertulia-device';
    this.options = { httpOnly: true, secure, sameSite: 'strict', path: '/', maxAge: LIFE_MS };
  }

  /** Who asks. Gives a browser that has none its cookie: call it before the refresh cookie is written. */
  deviceOf(request: Request, response: Response): Device {
    const token = this.read(request) ?? newToken();
    response.cookie(this.name, token, this.options);
    return {
      userAgent: request.headers['user-agent'] ?? '',
      address: addressOf(request),
      deviceHash: hashOfToken(token),
    };
  }

  private read(request: Request): string | null {
    const value: unknown = (request.cookies as Record<string, unknown>)[this.name];
    return typeof value === 'string' && TOKEN.test(value) ? value : null;
  }
}

export const addressOf = (request: Request): string => request.ip ?? '';
