import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One Chromium; `npm test` names it in CHROMIUM. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? usual.find((file) => existsSync(file));
  if (executablePath === undefined) throw new Error('Chromium is missing: install it, or name it in CHROMIUM.');
  return chromium.launch({ executablePath, args: flags });
}
