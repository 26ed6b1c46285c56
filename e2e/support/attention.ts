import type { Screen } from './screen.js';

/** Chromium without a window has no hidden tabs: the page is told that it is one. */
export async function lookAway({ page }: Screen): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.hasFocus = () => false;
    document.dispatchEvent(new Event('visibilitychange'));
    dispatchEvent(new Event('blur'));
  });
}

export async function lookBack({ page }: Screen): Promise<void> {
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState');
    Reflect.deleteProperty(document, 'hasFocus');
    document.dispatchEvent(new Event('visibilitychange'));
    dispatchEvent(new Event('focus'));
  });
}
