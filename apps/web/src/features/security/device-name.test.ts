import { expect, it } from 'vitest';
import { deviceName } from './device-name';

const MOZILLA = 'Mozilla/5.0';

it.each([
  [`${MOZILLA} (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0`, 'computer', 'Firefox', 'Windows'],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`,
    'computer',
    'Safari',
    'macOS',
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1`,
    'phone',
    'Chrome',
    'iOS',
  ],
  [
    `${MOZILLA} (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36`,
    'phone',
    'Chrome',
    'Android',
  ],
  [
    `${MOZILLA} (Linux; Android 15; SM-X710) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130 Safari/537.36`,
    'tablet',
    'Samsung Internet',
    'Android',
  ],
  [
    `${MOZILLA} (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
    'computer',
    'Edge',
    'Linux',
  ],
  ['node', 'program', null, null],
  ['', 'unknown', null, null],
])('%s', (userAgent, kind, browser, system) => {
  expect(deviceName(userAgent)).toEqual({ kind, browser, system });
});
