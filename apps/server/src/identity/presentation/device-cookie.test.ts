import type { CookieOptions, Request, Response } from 'express';
import { expect, it } from 'vitest';
import { DeviceCookie } from './device-cookie.js';
import { RefreshCookie } from './refresh-cookie.js';

interface Written {
  name: string;
  value: string;
  options: CookieOptions;
}

function browser(cookies: Record<string, string> = {}) {
  const written: Written[] = [];
  const cookie = (name: string, value: string, options: CookieOptions) => written.push({ name, value, options });
  return {
    written,
    request: { cookies, headers: {}, ip: '192.0.2.1' } as unknown as Request,
    response: { cookie } as unknown as Response,
  };
}

it('with https both cookies belong to this host alone and never travel in the clear', () => {
  const { written, request, response } = browser();
  new DeviceCookie(true).deviceOf(request, response);
  new RefreshCookie(true).write(response, 'token');
  expect(written.map(({ name }) => name)).toEqual(['__Host-tertulia-device', '__Host-tertulia']);
  for (const { options } of written) {
    expect(options).toMatchObject({ httpOnly: true, secure: true, sameSite: 'strict', path: '/' });
    expect(options.domain).toBeUndefined();
  }
});

it('a device keeps its cookie, and only a hash of it goes further; what is none of ours is exchanged', () => {
  const devices = new DeviceCookie(false);
  const first = browser();
  const { deviceHash } = devices.deviceOf(first.request, first.response);
  const token = first.written[0]!.value;
  expect(deviceHash).not.toContain(token);
  const again = browser({ 'tertulia-device': token });
  expect(devices.deviceOf(again.request, again.response).deviceHash).toBe(deviceHash);
  for (const strange of ['', 'short', `${token}x`, 'x'.repeat(5_000)]) {
    const other = browser({ 'tertulia-device': strange });
    devices.deviceOf(other.request, other.response);
    expect(other.written[0]!.value).toMatch(/^[\w-]{43}$/);
    expect(other.written[0]!.value).not.toBe(strange);
  }
});
