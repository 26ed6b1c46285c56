import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import type { Screen } from './screen.js';

/** What axe has against what is on screen, in the light and in the dark. */
async function complaints({ page }: Screen): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction((theme) => document.documentElement.dataset['theme'] === theme, colorScheme);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    for (const { id, help, nodes } of violations)
      found.push(`${colorScheme}: ${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`);
  }
  return found;
}

/** No violation in either theme. */
export const clean = async (screen: Screen, what: string): Promise<void> => {
  expect(await complaints(screen), what).toEqual([]);
};
