import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Finger } from './support/finger.js';
import { lines, write } from './support/history.js';
import type { Look, Person } from './support/person.js';
import { eventually } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();
const PHONE: Look = { viewport: { width: 390, height: 844 }, touch: true };
/** Longer than any finger has to rest. */
const LONG_MS = 1_200;

async function inNotes(texts: readonly string[]): Promise<Person> {
  const { ana, id } = await stage.notes(PHONE);
  await write(ana, id, texts);
  await ana.sees(ana.message(texts.at(-1) ?? ''));
  return ana;
}

/** The text itself: what a finger on the row would select. */
const words = (person: Person, text: string): Locator => person.message(text).locator('[dir="auto"]');

describe('a message that a finger rests on', () => {
  it('shows its actions, selects no text, and what is chosen is done', async () => {
    const ana = await inNotes(['hold me']);
    await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const finger = await Finger.on(ana, words(ana, 'hold me'));
    await ana.sees(ana.dialog.getByText('hold me'));
    await finger.lift();
    expect(await ana.page.evaluate(() => getSelection()?.toString())).toBe('');
    await ana.dialog.getByRole('button', { name: 'Copy text' }).tap();
    await ana.sees('Text copied');
    expect(await ana.page.evaluate(() => navigator.clipboard.readText())).toBe('hold me');
    await ana.losesSight(ana.dialog);
  });

  it('keeps them open when the finger is lifted, and a tap beside closes them', async () => {
    const ana = await inNotes(['hold me']);
    const finger = await Finger.on(ana, words(ana, 'hold me'));
    await ana.sees(ana.dialog);
    await finger.lift();
    await ana.page.waitForTimeout(LONG_MS / 2);
    expect(await ana.dialog.isVisible()).toBe(true);
    await ana.page.touchscreen.tap(200, 100);
    await ana.losesSight(ana.dialog);
  });

  it('is edited and deleted from there', async () => {
    const ana = await inNotes(['helo', 'goes']);
    let finger = await Finger.on(ana, words(ana, 'helo'));
    await ana.dialog.getByRole('button', { name: 'Edit' }).waitFor();
    await finger.lift();
    await ana.dialog.getByRole('button', { name: 'Edit' }).tap();
    await ana.editor.fill('hello');
    await ana.button('Save').tap();
    await ana.shows(['hello', 'goes']);
    finger = await Finger.on(ana, words(ana, 'goes'));
    await ana.dialog.getByRole('button', { name: 'Delete' }).waitFor();
    await finger.lift();
    await ana.dialog.getByRole('button', { name: 'Delete' }).tap();
    await ana.sees('Delete this message?');
    await ana.dialog.getByRole('button', { name: 'Delete' }).tap();
    await ana.shows(['hello']);
    await ana.losesSight('Undo');
    await ana.page.reload();
    await ana.shows(['hello']);
  });

  it('shows nothing when the finger goes on to scroll', async () => {
    const ana = await inNotes(lines(60));
    const before = await ana.log.evaluate((log) => log.scrollTop);
    const finger = await Finger.on(ana, words(ana, 'line 55.'));
    for (let step = 0; step < 8; step += 1) await finger.moveBy(20);
    await eventually(() => ana.log.evaluate((log) => log.scrollTop)).toBeLessThan(before);
    await ana.page.waitForTimeout(LONG_MS);
    expect(await ana.dialog.count()).toBe(0);
    await finger.lift();
  });

  it('shows nothing when the touch was short', async () => {
    const ana = await inNotes(['touch me']);
    const finger = await Finger.on(ana, words(ana, 'touch me'));
    await finger.lift();
    await ana.page.waitForTimeout(LONG_MS);
    expect(await ana.dialog.count()).toBe(0);
  });

  it('leaves a link to the browser', async () => {
    const ana = await inNotes(['https://example.org/a/rather/long/address']);
    const finger = await Finger.on(ana, ana.log.getByRole('link'));
    await ana.page.waitForTimeout(LONG_MS);
    expect(await ana.dialog.count()).toBe(0);
    await finger.lose();
  });
});
