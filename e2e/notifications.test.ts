import { describe, expect, it } from 'vitest';
import { lookAway, lookBack } from './support/attention.js';
import { write } from './support/history.js';
import { asked, clickLast, notices, recordNotices } from './support/notices.js';
import type { Person } from './support/person.js';
import { eventually } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();

/** Bea has written to Ana, who stands in front of her list. */
async function writtenTo(answer?: 'granted' | 'denied'): Promise<{ ana: Person; bea: Person; id: string }> {
  const [ana, bea] = [await stage.account('Ana'), await stage.account('Bea')];
  await recordNotices(ana.context, answer);
  const { id } = await ana.wire.direct(bea.wire);
  await write(bea, id, ['hello']);
  await ana.goto();
  await ana.sees(ana.row('Bea'));
  return { ana, bea, id };
}

describe('the question', () => {
  it("is the page's own: the browser's comes only after a click on it", async () => {
    const { ana, bea, id } = await writtenTo();
    await ana.sees('Want to know when somebody writes while you look elsewhere?');
    await write(bea, id, ['still there?']);
    await ana.sees(ana.row('Bea').getByText('2 unread messages'));
    expect(await asked(ana.page)).toBe(0);
    await ana.button('Turn on alerts').click();
    await eventually(() => asked(ana.page)).toBe(1);
    await ana.losesSight('Want to know when');
  });

  it('answered with no is not asked again', async () => {
    const { ana } = await writtenTo();
    await ana.button('Not now').click();
    await ana.losesSight('Want to know when');
    await ana.page.reload();
    await ana.sees(ana.row('Bea'));
    expect(await ana.text('Want to know when').count()).toBe(0);
    expect(await asked(ana.page)).toBe(0);
  });

  it('refused by the browser: the page says how to allow it', async () => {
    const { ana } = await writtenTo('denied');
    await ana.button('Turn on alerts').click();
    await ana.sees('The browser blocks alerts from this page.');
    await ana.button('Settings').click();
    await ana.sees(ana.page.getByRole('switch', { name: 'Show alerts for new messages' }));
    expect(await ana.page.getByRole('switch').isDisabled()).toBe(true);
  });
});

describe('an alert', () => {
  it('comes for a message while nobody looks, and its click opens the conversation', async () => {
    const { ana, bea, id } = await writtenTo();
    await ana.button('Turn on alerts').click();
    await ana.losesSight('Want to know when');
    await lookAway(ana);
    await write(bea, id, ['are you there?']);
    await eventually(() => notices(ana.page)).toMatchObject([{ title: 'Bea', body: 'are you there?' }]);
    await eventually(() => ana.page.title()).toBe('(2) Tertulia');
    await lookBack(ana);
    await clickLast(ana.page);
    await ana.sees(ana.page.getByRole('heading', { level: 1, name: 'Bea' }));
    await ana.sees(ana.message('are you there?'));
    await eventually(() => ana.page.title()).toBe('Tertulia');
    await eventually(async () => (await notices(ana.page)).every(({ closed }) => closed)).toBe(true);
  });

  it('of a group says who wrote', async () => {
    const { ana, bea } = await writtenTo();
    await ana.button('Turn on alerts').click();
    const { id } = await bea.wire.group('Huerto', [ana.wire]);
    await ana.sees(ana.row('Huerto'));
    await lookAway(ana);
    await write(bea, id, ['ripe tomatoes']);
    await eventually(() => notices(ana.page)).toMatchObject([{ title: 'Huerto', body: 'Bea: ripe tomatoes' }]);
  });

  it('does not come for what one is looking at, nor for what one wrote elsewhere', async () => {
    const { ana, bea, id } = await writtenTo();
    await ana.button('Turn on alerts').click();
    await write(bea, id, ['in sight']);
    await ana.sees(ana.row('Bea').getByText('in sight'));
    await lookAway(ana);
    await write(ana, id, ['from my telephone']);
    await ana.sees(ana.row('Bea').getByText('from my telephone'));
    await write(bea, id, ['the one alert']);
    await eventually(async () => (await notices(ana.page)).map(({ body }) => body)).toEqual(['the one alert']);
  });

  it('comes once, however many tabs are open', async () => {
    const { ana, bea, id } = await writtenTo();
    await ana.button('Turn on alerts').click();
    const other = await ana.tab();
    await other.sees(other.row('Bea'));
    await lookAway(ana);
    await lookAway(other);
    await write(bea, id, ['to every tab']);
    for (const tab of [ana, other]) await tab.sees(tab.row('Bea').getByText('to every tab'));
    const all = async () => [...(await notices(ana.page)), ...(await notices(other.page))].map(({ body }) => body);
    await eventually(all).toEqual(['to every tab']);
    await write(bea, id, ['and again']);
    await eventually(all).toEqual(expect.arrayContaining(['and again']));
    expect((await all()).toSorted()).toEqual(['and again', 'to every tab']);
  });

  it('is turned on and off in the settings', async () => {
    const { ana, bea, id } = await writtenTo();
    await ana.button('Settings').click();
    const toggle = ana.page.getByRole('switch', { name: 'Show alerts for new messages' });
    await toggle.click();
    await eventually(() => toggle.getAttribute('aria-checked')).toBe('true');
    await toggle.click();
    await eventually(() => toggle.getAttribute('aria-checked')).toBe('false');
    await lookAway(ana);
    await write(bea, id, ['nobody rings']);
    await ana.sees(ana.row('Bea').getByText('nobody rings'));
    await toggle.click();
    await eventually(() => toggle.getAttribute('aria-checked')).toBe('true');
    await write(bea, id, ['somebody rings']);
    await eventually(async () => (await notices(ana.page)).map(({ body }) => body)).toEqual(['somebody rings']);
  });
});
