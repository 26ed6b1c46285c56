import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { lookAway, lookBack } from './support/attention.js';
import { lines, spreadOverDays, write } from './support/history.js';
import type { Person } from './support/person.js';
import { eventually, type Screen } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();
const LONG = 420;
/** Pixels of a fast turn of the wheel: four notches between two frames. */
const TURN = 400;

const divider = (screen: Screen): Locator => screen.log.getByRole('separator', { name: 'New messages' });

/** Rows of every height: short ones, wrapped ones, some of several lines. */
function uneven(line: string, index: number): string {
  if (index % 7 === 3) return `${line} ${'palabras que no caben en un renglón '.repeat(9).trim()}`;
  return index % 11 === 5 ? `${line}\nuno\ndos\ntres` : line;
}

/** Ana has written a long history to Bea, who has not looked at it yet. */
async function longHistory(count = LONG): Promise<{ ana: Person; bea: Person; id: string }> {
  const ana = await stage.account('Ana');
  const bea = await stage.person('Bea');
  const { id } = await ana.wire.direct(bea.wire);
  await write(ana, id, lines(count).map(uneven));
  return { ana, bea, id };
}

async function readUpTo(person: Person, conversation: string, seq: number): Promise<void> {
  await person.wire.ok('POST', `/api/conversations/${conversation}/read`, { rev: 0, seq });
}

const yOf = async (locator: Locator): Promise<number> => (await locator.boundingBox())?.y ?? Number.NaN;

/** How far the end is below what is in view. */
const distanceToEnd = (screen: Screen): Promise<number> =>
  screen.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);

describe('opening a conversation', () => {
  it('begins at the first unread message, under a divider that is in view', async () => {
    const { bea, id } = await longHistory();
    await readUpTo(bea, id, 300);
    await bea.openConversation('Ana');
    await bea.sees(divider(bea));
    const box = await divider(bea).boundingBox();
    expect(box?.y).toBeGreaterThan(60);
    expect(box?.y).toBeLessThan(400);
    await bea.sees(bea.message('line 301.'));
    await eventually(() => yOf(bea.message('line 301.'))).toBeGreaterThan(box?.y ?? 0);
  });

  it('begins at the newest when everything was read, without a divider', async () => {
    const { bea, id } = await longHistory();
    await readUpTo(bea, id, LONG);
    await bea.openConversation('Ana');
    await bea.sees(bea.message(`line ${LONG}.`));
    await eventually(() => distanceToEnd(bea)).toBeLessThan(2);
    expect(await divider(bea).count()).toBe(0);
  });

  it('the divider stays where it is when more arrives, and is gone the next time', async () => {
    const { ana, bea, id } = await longHistory(6);
    await readUpTo(bea, id, 4);
    await bea.openConversationAt(id);
    await bea.sees(divider(bea));
    await write(ana, id, ['something else']);
    await bea.sees(bea.message('something else'));
    const order = await bea.log
      .locator('article, [role="separator"]')
      .evaluateAll((rows) =>
        rows.map((row) => /^[^.\n]*/.exec((row.querySelector('[dir="auto"]') ?? row).textContent)?.[0] ?? ''),
      );
    expect(order.filter((each) => /line|New|else/.test(each))).toEqual([
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      'New messages',
      'line 5',
      'line 6',
      'something else',
    ]);
    await eventually(async () => (await bea.wire.list()).rows[0]?.unread).toBe(0);
    await bea.goto();
    await bea.openConversation('Ana');
    await bea.sees(bea.message('something else'));
    expect(await divider(bea).count()).toBe(0);
  });
});

describe('scrolling up', () => {
  it('reaches the very first message, and no row on screen ever jumps', async () => {
    const { bea, id } = await longHistory();
    await readUpTo(bea, id, LONG);
    await bea.openConversation('Ana');
    await bea.sees(bea.message(`line ${LONG}.`));
    await watchJumps(bea);
    await bea.log.hover();
    const first = bea.message('line 1.');
    await expect
      .poll(
        async () => {
          await bea.page.mouse.wheel(0, -TURN);
          return first.count();
        },
        { timeout: 60_000, interval: 30 },
      )
      .toBe(1);
    await eventually(async () => {
      await bea.page.mouse.wheel(0, -TURN);
      return yOf(first);
    }).toBeGreaterThan(60);
    await bea.sees('This is the beginning of your conversation with Ana.');
    const { worst, frames } = await jumps(bea);
    expect(frames).toBeGreaterThan(20);
    expect(worst.by, JSON.stringify(worst)).toBeLessThan(2);
  });

  it('shows the way back, which counts what arrives meanwhile', async () => {
    const { ana, bea, id } = await longHistory();
    await readUpTo(bea, id, LONG);
    await bea.openConversation('Ana');
    await bea.sees(bea.message(`line ${LONG}.`));
    await bea.log.hover();
    await eventually(async () => {
      await bea.page.mouse.wheel(0, -400);
      return bea.button('Jump to latest').count();
    }).toBe(1);
    await write(ana, id, ['while you were up', 'and another']);
    await bea.sees(bea.button('Jump to latest, 2 new messages'));
    expect(await distanceToEnd(bea)).toBeGreaterThan(300);
    await bea.button('Jump to latest, 2 new messages').click();
    await bea.sees(bea.message('and another'));
    await eventually(() => distanceToEnd(bea)).toBeLessThan(2);
    await eventually(() => bea.page.getByRole('button', { name: /^Jump to latest/ }).count()).toBe(0);
  });

  it('keeps what is being read where it is when a message arrives', async () => {
    const { ana, bea, id } = await longHistory(120);
    await readUpTo(bea, id, 120);
    await bea.openConversation('Ana');
    await bea.sees(bea.message('line 120.'));
    await bea.log.hover();
    await eventually(async () => {
      await bea.page.mouse.wheel(0, -300);
      return distanceToEnd(bea);
    }).toBeGreaterThan(600);
    const read = await rowInView(bea);
    const before = await stillY(read);
    await write(ana, id, ['new at the end']);
    await bea.sees(bea.button('Jump to latest, 1 new message'));
    expect(Math.abs((await yOf(read)) - before)).toBeLessThan(2);
  });
});

it('a new message is followed by whoever is at the end', async () => {
  const { ana, bea, id } = await longHistory(60);
  await readUpTo(bea, id, 60);
  await bea.openConversation('Ana');
  await bea.sees(bea.message('line 60.'));
  await write(ana, id, lines(12, 61));
  await bea.sees(bea.message('line 72.'));
  await eventually(() => distanceToEnd(bea)).toBeLessThan(2);
});

describe('rows', () => {
  it('are separated by days, which have their names', async () => {
    const { bea, id } = await longHistory(12);
    await spreadOverDays(stage.databaseUrl, id, 6);
    await write(bea, id, ['today']);
    await bea.openConversation('Ana');
    await bea.sees(bea.message('today'));
    await bea.log.hover();
    await bea.page.mouse.wheel(0, -3000);
    const days = () => bea.log.getByRole('separator').allInnerTexts();
    await eventually(async () => (await days()).length).toBeGreaterThan(2);
    expect((await days()).filter((day) => day !== 'New messages').slice(-2)).toEqual(['Yesterday', 'Today']);
    expect((await days())[0]).toMatch(/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? \d+ \w+$/);
  });

  it('of the same author go on without a name for five minutes', async () => {
    const { bea, id } = await longHistory(4);
    await spreadOverDays(stage.databaseUrl, id, 4, 4);
    await bea.openConversationAt(id);
    await bea.shows(lines(4).map(uneven));
    expect(await named(bea)).toEqual(['line 1.']);
  });

  it('of the same author have the name again after a longer pause', async () => {
    const { bea, id } = await longHistory(4);
    await spreadOverDays(stage.databaseUrl, id, 4, 6);
    await bea.openConversationAt(id);
    await bea.shows(lines(4).map(uneven));
    expect(await named(bea)).toEqual(lines(4).map(uneven));
  });
});

describe('unread', () => {
  it('is right in the list and in the title, and goes when the end was seen', async () => {
    const { ana, bea, id } = await longHistory(3);
    await bea.sees(bea.row('Ana').getByText('3 unread messages'));
    await eventually(() => bea.page.title()).toBe('(3) Tertulia');
    await write(ana, id, ['one more']);
    await bea.sees(bea.row('Ana').getByText('4 unread messages'));
    await eventually(() => bea.page.title()).toBe('(4) Tertulia');
    await bea.openConversation('Ana');
    await eventually(() => bea.page.title()).toBe('Tertulia');
    expect(await bea.row('Ana').getByText('unread').count()).toBe(0);
  });

  it('of a group is a mark without a number, and counts as one in the title', async () => {
    const ana = await stage.account('Ana');
    const bea = await stage.person('Bea');
    const { id } = await ana.wire.group('Huerto', [bea.wire]);
    await write(ana, id, lines(5));
    await bea.sees(bea.row('Huerto').getByText('Unread messages'));
    await eventually(() => bea.page.title()).toBe('(1) Tertulia');
  });

  it('is read in every tab once it is read in one', async () => {
    const { bea, id } = await longHistory(3);
    const other = await bea.tab();
    await other.sees(other.row('Ana').getByText('3 unread messages'));
    await bea.page.bringToFront();
    await bea.openConversationAt(id);
    await eventually(() => other.page.title()).toBe('Tertulia');
    expect(await other.row('Ana').getByText('unread').count()).toBe(0);
  });

  it('stays when the conversation is open in a tab that nobody looks at', async () => {
    const { ana, bea, id } = await stage.pair();
    await bea.sees('Nothing written yet.');
    await lookAway(bea);
    await write(ana, id, ['are you there?']);
    await bea.shows(['are you there?']);
    await eventually(() => bea.page.title()).toBe('(1) Tertulia');
    await lookBack(bea);
    await eventually(() => bea.page.title()).toBe('Tertulia');
  });
});

/** Those of the rows that say who wrote them. */
const named = ({ log }: Screen): Promise<string[]> => log.locator('article:has(bdi) [dir="auto"]').allInnerTexts();

/** A message in the middle of what is in view. */
async function rowInView({ log }: Screen): Promise<Locator> {
  const key = await log.evaluate((element) => {
    const { top, height } = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll<HTMLElement>('[data-key]')];
    return rows.find((row) => row.getBoundingClientRect().top > top + height / 2)?.dataset['key'] ?? '';
  });
  return log.locator(`[data-key="${key}"] article`);
}

/** Where a row stands once it has come to rest. */
async function stillY(row: Locator): Promise<number> {
  let last = Number.NaN;
  await eventually(async () => {
    const now = await yOf(row);
    const moved = Math.abs(now - last);
    last = now;
    return moved;
  }).toBe(0);
  return last;
}

interface Jumps {
  frames: number;
  worst: { by: number; rows: string[]; moves: number[]; scrollTop: number; scrollHeight: number };
}

/**
 * From frame to frame the rows in view may only move all together, and only downwards, because these tests turn the wheel up.
 * When a page is put in front the list corrects its scroll position; a row that is seen must not show it.
 */
async function watchJumps({ log }: Screen): Promise<void> {
  await log.evaluate((element) => {
    const seen: Jumps = { frames: 0, worst: { by: 0, rows: [], moves: [], scrollTop: 0, scrollHeight: 0 } };
    Object.assign(globalThis, { seenJumps: seen });
    let before = new Map<string, number>();
    const look = (): void => {
      const now = new Map<string, number>();
      const frame = element.getBoundingClientRect();
      for (const row of element.querySelectorAll<HTMLElement>('[data-key]')) {
        const { top, bottom } = row.getBoundingClientRect();
        if (bottom > frame.top && top < frame.bottom) now.set(row.dataset['key'] ?? '', top);
      }
      const rows = [...now.keys()].filter((key) => before.has(key));
      const moves = rows.map((key) => (now.get(key) ?? 0) - (before.get(key) ?? 0));
      const by = moves.length === 0 ? 0 : Math.max(Math.max(...moves) - Math.min(...moves), -Math.min(...moves));
      seen.frames += 1;
      if (by > seen.worst.by)
        seen.worst = { by, rows, moves, scrollTop: element.scrollTop, scrollHeight: element.scrollHeight };
      before = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

const jumps = ({ page }: Screen): Promise<Jumps> =>
  page.evaluate(() => (globalThis as unknown as { seenJumps: Jumps }).seenJumps);
