import { mkdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pages, picture } from './screenshots.pages.mjs';
import { withExampleServer } from './screenshots.server.mjs';

const require = createRequire(new URL('../e2e/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const local = createRequire(import.meta.url);
const { root } = local('./lib/run.cjs');
const { say, Complaint } = local('./lib/say.cjs');
const { bringChromium, bringFonts } = local('./lib/system-packages.cjs');

const folder = path.join(root, 'screenshots');
const readmePicture = path.join(root, 'docs/picture.png');
const MOST_BYTES = 300 * 1024;

/** The question about alerts was answered. */
const ANSWERED = JSON.stringify({ state: { alertsAsked: true }, version: 0 });

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const looks = Object.keys(sizes).flatMap((size) =>
  ['light', 'dark'].flatMap((theme) => ['en', 'es'].map((language) => ({ size, theme, language }))),
);

/** Every page in every size, theme and language, and the picture of the README. */
export async function main() {
  const executablePath = await bringChromium();
  await bringFonts();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await withExampleServer(async (server) => {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      for (const look of looks) await takeAll(browser, server, look);
      await takeReadmePicture(browser, server);
    } finally {
      await browser.close();
    }
  });
  say(`${looks.length * pages.length} pictures in ${path.relative(process.cwd(), folder) || '.'}/`);
}

async function takeAll(browser, server, look) {
  say(`${look.size}, ${look.theme}, ${look.language}`);
  for (const [index, { name, who, show }] of pages.entries()) {
    const page = await openPage(browser, server, look, who);
    await show(page, wordsIn(look.language), server);
    const number = String(index + 1).padStart(2, '0');
    const file = `${look.size}-${look.theme}-${look.language}-${number}-${name}.png`;
    await page.screenshot({ path: path.join(folder, file) });
    await page.context().close();
  }
}

async function takeReadmePicture(browser, server) {
  const look = { size: 'desk', theme: 'light', language: 'en', looking: true };
  const page = await openPage(browser, server, look, 'ana');
  await page.addInitScript(`localStorage.setItem('tertulia:preferences', '${ANSWERED}')`);
  await picture(page, wordsIn('en'), server);
  await page.screenshot({ path: readmePicture });
  await page.context().close();
  const { size } = statSync(readmePicture);
  if (size > MOST_BYTES) throw new Complaint(`docs/picture.png has ${size} bytes; it may have ${MOST_BYTES}.`);
}

async function openPage(browser, server, { size, theme, language, looking = false }, who) {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: theme,
    locale: language === 'es' ? 'es-ES' : 'en-GB',
    timezoneId: 'Europe/Madrid',
    reducedMotion: 'reduce',
    ...(size === 'phone' && { hasTouch: true, isMobile: true }),
  });
  // A page that nobody looks at reads nothing: what is unread stays so from picture to picture.
  if (!looking) await context.addInitScript('document.hasFocus = () => false');
  if (who !== null) await context.addCookies([{ ...(await server.logIn(who)), url: server.url }]);
  return context.newPage();
}

const wordsIn = (language) => ({
  ...local(`../apps/web/src/messages/${language}.json`),
  ...local(`../apps/web/src/messages/security/${language}.json`),
});
