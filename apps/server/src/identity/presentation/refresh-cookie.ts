import type { CookieOptions, Request, Response } from 'express';

const SIXTY_DAYS_MS = 60 * 24 * 3_600_000;

/**
 * The refresh token's only home in a browser: out of reach of scripts, sent to this site alone. On plain http (localhost,
 * or a LAN address when the operator says so) a browser takes neither Secure nor the __Host- prefix.
 */
export class RefreshCookie {
  private readonly name: string;
  private readonly options: CookieOptions;

  constructor(secure: boolean) {
    this.name = secure ? '__Host-tertulia' : 'tertulia';
    this.options = { httpOnly: true, secure, sameSite: 'strict', path: '/' };
  }

  read(request: Request): string | undefined {
    const value: unknown = (request.cookies as Record<string, unknown>)[this.name];
    return typeof value === 'string' ? value : undefined;
  }

  write(response: Response, token: string): void {
    response.cookie(this.name, token, { ...this.options, maxAge: SIXTY_DAYS_MS });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options);
  }
}
