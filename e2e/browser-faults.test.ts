import type { BrowserContext } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from './support/database.js';
import { lines, write } from './support/history.js';
import { crash, cuttable, evictStorage, fillStorage } from './support/network.js';
import type { Person } from './support/person.js';
import { NO_NETWORK } from './support/problems.js';
import { eventually, type Screen } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();

beforeEach(() => stage.problems.tolerate(NO_NETWORK, /the page crashed/));

/** The same conversation in a new tab of the profile. */
async function again(person: Person, id: string): Promise<Screen> {
  const tab = await person.tab(`/c/${id}`);
  await tab.sees(tab.composer);
  return tab;
}

const closeAll = (context: BrowserContext): Promise<unknown> =>
  Promise.all(context.pages().map((page) => page.close()));

describe('F20: in a browser', () => {
  it('a tab that is killed in the middle of sending loses nothing that it has shown, and doubles nothing', async () => {
    const { ana, bea, id } = await stage.pair();
    const sent: string[] = [];
    let tab: Screen = ana;
    for (let round = 1; round <= 8; round += 1) {
      const text = `round ${round}`;
      await tab.composer.fill(text);
      await tab.page.keyboard.press('Enter');
      await tab.message(text).waitFor({ state: 'attached' });
      await crash(tab.page);
      sent.push(text);
      tab = await again(ana, id);
    }
    await tab.shows(sent);
    await bea.shows(sent);
  });

  it('somebody who was away for long has everything in one order: new, edited, deleted, and what they wrote meanwhile', async () => {
    const { ana, bea, id } = await stage.pair();
    const wire = await cuttable(ana.context);
    await ana.page.reload();
    await ana.sees(ana.composer);
    await bea.send('to be edited', 'to be deleted');
    await ana.shows(['to be edited', 'to be deleted']);
    await wire.cut();
    await ana.send('written far away');
    await eventually(() => ana.pending()).toEqual(['written far away']);
    await bea.choose('to be edited', 'Edit');
    await bea.editor.fill('edited');
    await bea.page.keyboard.press('Enter');
    await bea.remove('to be deleted');
    await eventually(() => bea.messages()).toEqual(['edited']);
    await write(bea, id, lines(450));
    await wire.restore();
    const newest = [...lines(450).slice(-20), 'written far away'];
    // Who is far behind stays where they were, with what is new below.
    await ana.page.getByRole('button', { name: /^Jump to latest/ }).click();
    await eventually(async () => (await ana.messages()).slice(-21)).toEqual(newest);
    await eventually(async () => (await bea.messages()).slice(-21)).toEqual(newest);
    await ana.page.reload();
    await eventually(async () => (await ana.messages()).slice(-21)).toEqual(newest);
    expect(await ana.pending()).toEqual([]);
  });

  it('somebody whose last change is forgotten by the log begins anew, and keeps what they wrote', async () => {
    const { ana, bea, id } = await stage.pair();
    const wire = await cuttable(ana.context);
    await ana.page.reload();
    await ana.sees(ana.composer);
    await bea.send('long ago');
    await ana.shows(['long ago']);
    await wire.cut();
    await ana.send('written far away');
    await write(bea, id, lines(3));
    await execute(stage.databaseUrl, 'delete from changes where ver <= 2');
    await wire.restore();
    await ana.shows(['long ago', ...lines(3), 'written far away']);
    await bea.shows(['long ago', ...lines(3), 'written far away']);
  });

  it('of two tabs one is killed while it sends for both: the other goes on, and nothing is doubled', async () => {
    const { ana, bea, id } = await stage.pair();
    const other = await again(ana, id);
    const wire = await cuttable(ana.context);
    await Promise.all([ana.page.reload(), other.page.reload()]);
    await Promise.all([ana.sees(ana.composer), other.sees(other.composer)]);
    await wire.cut();
    const texts = lines(12);
    for (const [index, text] of texts.entries()) {
      const tab = index % 2 === 0 ? ana : other;
      await tab.send(text);
      await eventually(async () => (await other.pending()).length).toBe(index + 1);
    }
    await wire.restore();
    await bea.message(texts[0]!).waitFor();
    await crash(ana.page);
    await other.shows(texts);
    await bea.shows(texts);
  });

  it('a storage that is full from one moment on is told, and what is written still arrives once', async () => {
    const { ana, bea } = await stage.pair();
    await ana.send('stored');
    await bea.shows(['stored']);
    await fillStorage(ana.page);
    await ana.send('not stored');
    await ana.sees('This browser does not let Tertulia store anything');
    await bea.send('an answer');
    await ana.shows(['stored', 'not stored', 'an answer']);
    await bea.shows(['stored', 'not stored', 'an answer']);
  });

  it('a storage that is evicted under an open page takes nothing with it: what waits is sent, and all comes back', async () => {
    const { ana, bea, id } = await stage.pair();
    await bea.send('before');
    await ana.shows(['before']);
    await stage.stopServer();
    await ana.send('waiting');
    await eventually(() => ana.pending()).toEqual(['waiting']);
    await evictStorage(ana.page);
    await stage.startServer();
    await bea.shows(['before', 'waiting']);
    await ana.shows(['before', 'waiting']);
    await closeAll(ana.context);
    const tab = await again(ana, id);
    await tab.shows(['before', 'waiting']);
  });
});
