import type { BrowserContext, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { lines, write, writtenAt } from './support/history.js';
import type { Look, Person } from './support/person.js';
import { eventually, type Screen } from './support/screen.js';
import { useStage } from './support/stage.js';
import { words } from './support/words.js';

const stage = useStage();
const PHONE: Look = { viewport: { width: 390, height: 844 }, touch: true };

/** Ana with long words everywhere: in a group's name, in her own, in a message. */
async function talkative(look: Look): Promise<{ ana: Person; id: string; name: string }> {
  const ana = await stage.account('Ana', look);
  const bea = await stage.account('Bea Menganita-Zutánez de la Encrucijada y Montes de Oca');
  const name = `Huerto ${'supercalifragilístico'.repeat(4)}`;
  const { id } = await ana.wire.group(name, [bea.wire]);
  await write(ana, id, [...lines(20), 'w'.repeat(300), `https://example.org/${'x'.repeat(200)}`]);
  return { ana, id, name };
}

const theme = ({ page }: Screen): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['theme']);

/** How light the page is, 0 to 255. */
const lightness = ({ page }: Screen): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    if (!canvas) return Number.NaN;
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0] ?? Number.NaN;
  });

describe('the language', () => {
  it('is that of the browser', async () => {
    const ana = await stage.person('Ana', { locale: 'es-ES' });
    await ana.sees(words.es.list.emptyTitle);
    const visitor = await stage.visitor('/login', { locale: 'es-AR' });
    await visitor.sees(words.es.auth.loginLead);
    expect(await visitor.page.evaluate(() => document.documentElement.lang)).toBe('es');
  });

  it('of a browser that speaks neither is English', async () => {
    const visitor = await stage.visitor('/register', { locale: 'fi-FI' });
    await visitor.sees(words.en.auth.registerLead);
  });

  it('changes without a reload, and stays changed after one', async () => {
    const ana = await stage.person('Ana');
    await ana.page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await ana.button('Settings').click();
    await ana.button('Español').click();
    await ana.sees(ana.page.getByRole('heading', { name: words.es.settings.title }));
    await ana.sees(ana.button(words.es.list.newConversation));
    expect(await ana.page.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
    await ana.page.reload();
    await ana.sees(ana.page.getByRole('heading', { name: words.es.settings.title }));
    await ana.button('English').click();
    await ana.sees(ana.page.getByRole('heading', { name: words.en.settings.title }));
  });

  it('is not preceded by a flash of another', async () => {
    const ana = await stage.account('Ana', { locale: 'es-ES' });
    await everyFrame(ana.context, 'words');
    await ana.goto();
    await ana.sees(words.es.list.emptyTitle);
    const frames = await seen(ana);
    expect(frames.some((text) => text.includes(words.es.list.emptyTitle))).toBe(true);
    expect(frames.filter((text) => text.includes(words.en.list.emptyTitle))).toEqual([]);
  });
});

describe('dates and clocks', () => {
  it.each([
    ['en-GB', /^Monday,? 3 February 2020$/, /^21:05$/],
    ['en-US', /^Monday, February 3, 2020$/, /^9:05\sPM$/],
    ['es-ES', /^Lunes, 3 de febrero de 2020$/, /^21:05$/],
    ['es-MX', /^Lunes, 3 de febrero de 2020$/, /^9:05\sp/],
  ])('are those of the region of the browser: %s', async (locale, day, clock) => {
    const ana = await stage.account('Ana', { locale });
    const { id } = await ana.wire.direct(ana.wire);
    await write(ana, id, ['one', 'two']);
    await writtenAt(stage.databaseUrl, id, '2020-02-03T20:05:00Z');
    await ana.openConversationAt(id);
    await ana.sees(ana.message('one'));
    expect(await ana.log.getByRole('separator').innerText()).toMatch(day);
    expect(await ana.message('one').getByRole('time').innerText()).toMatch(clock);
    expect(await ana.message('two').getByRole('time').textContent()).toMatch(/^(21|9):05$/);
  });

  it('keep to the plain language when it is not that of the browser', async () => {
    const ana = await stage.account('Ana', { locale: 'en-US' });
    const { id } = await ana.wire.direct(ana.wire);
    await write(ana, id, ['one']);
    await writtenAt(stage.databaseUrl, id, '2020-02-03T20:05:00Z');
    await ana.goto('/settings');
    await ana.button('Español').click();
    await ana.openConversationAt(id);
    await ana.sees(ana.message('one'));
    expect(await ana.message('one').getByRole('time').innerText()).toBe('21:05');
  });
});

describe('the theme', () => {
  it('is that of the system, and follows it', async () => {
    const ana = await stage.person('Ana', { colorScheme: 'dark' });
    await eventually(() => theme(ana)).toBe('dark');
    expect(await lightness(ana)).toBeLessThan(60);
    await ana.page.emulateMedia({ colorScheme: 'light' });
    await eventually(() => theme(ana)).toBe('light');
    expect(await lightness(ana)).toBeGreaterThan(230);
  });

  it('that was chosen holds against the system, over a reload too', async () => {
    const ana = await stage.person('Ana', { colorScheme: 'light' });
    await ana.button('Settings').click();
    await ana.button('Dark').click();
    await eventually(() => theme(ana)).toBe('dark');
    await ana.page.reload();
    await ana.sees(ana.button('As the system'));
    expect(await theme(ana)).toBe('dark');
    await ana.button('As the system').click();
    await eventually(() => theme(ana)).toBe('light');
  });

  it('is there from the first frame', async () => {
    const ana = await stage.account('Ana', { colorScheme: 'light' });
    await ana.context.addInitScript(() => localStorage.setItem('tertulia:theme', 'dark'));
    await everyFrame(ana.context, 'theme');
    await ana.goto();
    await ana.sees('No conversations yet');
    expect([...new Set(await seen(ana))]).toEqual(['dark']);
  });
});

describe.each([
  [1440, 900],
  [768, 1024],
  [390, 844],
  [360, 640],
])('at %i×%i', (width, height) => {
  const look: Look = { viewport: { width, height }, touch: width < 768 };

  it('nothing scrolls sideways', async () => {
    const { ana, id } = await talkative(look);
    const visitor = await stage.visitor('/register', look);
    await visitor.sees('Create an account');
    expect(await sideways(visitor)).toEqual([]);
    await ana.goto();
    await ana.sees(ana.row('Huerto'));
    expect(await sideways(ana)).toEqual([]);
    await ana.openConversationAt(id);
    await ana.sees(ana.message('wwwww'));
    expect(await sideways(ana)).toEqual([]);
    await ana.button('Details').click();
    await ana.sees(ana.dialog.getByText('Bea Menganita'));
    expect(await sideways(ana)).toEqual([]);
    await ana.goto('/settings');
    await ana.sees('Version');
    expect(await sideways(ana)).toEqual([]);
  });
});

describe('on a phone', () => {
  it('there is one pane, and Back leads from a conversation to the list', async () => {
    const { ana, id, name } = await talkative(PHONE);
    await ana.goto();
    await ana.row('Huerto').tap();
    await ana.sees(ana.composer);
    expect(await ana.list.isVisible()).toBe(false);
    await ana.button('Back to conversations').tap();
    await ana.sees(ana.row('Huerto'));
    expect(await ana.composer.isVisible()).toBe(false);
    await ana.openConversationAt(id);
    await ana.sees(ana.page.getByRole('heading', { level: 1, name }));
    await ana.button('Back to conversations').tap();
    await ana.sees(ana.row('Huerto'));
    expect(new URL(ana.page.url()).pathname).toBe('/');
  });

  it('Enter begins a line and the button sends', async () => {
    const { ana } = await stage.notes(PHONE);
    await ana.composer.tap();
    await ana.page.keyboard.type('one');
    await ana.page.keyboard.press('Enter');
    await ana.page.keyboard.type('two');
    await ana.button('Send').tap();
    await ana.shows(['one\ntwo']);
  });

  it('whatever can be touched is at least 44 pixels high and wide', async () => {
    const { ana, id } = await talkative(PHONE);
    await ana.goto();
    await ana.sees(ana.row('Huerto'));
    expect(await small(ana.page.locator('body'))).toEqual([]);
    await ana.openConversationAt(id);
    await ana.sees(ana.message('wwwww'));
    expect(await small(ana.page.locator('body'))).toEqual([]);
    await ana.button('Details').tap();
    await ana.sees(ana.button('Leave group'));
    expect(await small(ana.dialog)).toEqual([]);
    await ana.goto('/settings');
    await ana.sees('Version');
    expect(await small(ana.page.locator('body'))).toEqual([]);
    const visitor = await stage.visitor('/register', PHONE);
    await visitor.sees('Create an account');
    expect(await small(visitor.page.locator('body'))).toEqual([]);
  });
});

it('on a desk there are two panes', async () => {
  const { ana, id } = await talkative({});
  await ana.openConversationAt(id);
  await ana.sees(ana.composer);
  expect(await ana.list.isVisible()).toBe(true);
  expect(await ana.button('Back to conversations').isVisible()).toBe(false);
});

it('a question over a sheet darkens the page once, and the sheet like the page', async () => {
  const { ana, id } = await talkative({ reducedMotion: 'reduce' });
  await ana.openConversationAt(id);
  await ana.sees(ana.message('wwwww'));
  /** The pixels of a corner of the page, and of one of the sheet. */
  const look = async () => ({ page: await corner(ana, 20, 700), sheet: await corner(ana, 1400, 880) });
  const bare = await look();
  await ana.button('Details').click();
  await ana.sees(ana.button('Leave group'));
  const below = await look();
  await ana.button('Leave group').click();
  await ana.sees('You will not receive anything more');
  const above = await look();
  expect(below.page).not.toEqual(bare.page);
  expect(above.page).toEqual(below.page);
  expect(above.sheet).not.toEqual(below.sheet);
  await ana.page.keyboard.press('Escape');
  await ana.losesSight('You will not receive anything more');
  expect(await look()).toEqual(below);
});

describe('motion', () => {
  const longest = async (look: Look): Promise<number> => {
    const { ana, id } = await talkative(look);
    await ana.context.addInitScript(() => {
      Object.assign(globalThis, { longestMotion: 0 });
      const note = ({ target }: Event): void => {
        const durations = (target as Element).getAnimations().map(({ effect }) => Number(effect?.getTiming().duration));
        Object.assign(globalThis, {
          longestMotion: Math.max((globalThis as unknown as Motion).longestMotion, ...durations),
        });
      };
      for (const event of ['animationstart', 'transitionrun']) document.addEventListener(event, note, true);
    });
    await ana.openConversationAt(id, 3);
    await ana.sees(ana.message('line 3.'));
    await ana.button('Details').click();
    await ana.sees(ana.button('Leave group'));
    await ana.page.keyboard.press('Escape');
    await ana.losesSight(ana.dialog);
    return ana.page.evaluate(() => (globalThis as unknown as Motion).longestMotion);
  };

  it('is there, and is gone for whoever asked for less', async () => {
    expect(await longest({})).toBeGreaterThan(50);
    expect(await longest({ reducedMotion: 'reduce' })).toBeLessThan(2);
  });
});

interface Motion {
  longestMotion: number;
}

const corner = async ({ page }: Screen, x: number, y: number): Promise<string> =>
  (await page.screenshot({ clip: { x, y, width: 8, height: 8 } })).toString('base64');

/** Writes down, from the first frame on, what the page shows. */
async function everyFrame(context: BrowserContext, what: 'words' | 'theme'): Promise<void> {
  await context.addInitScript((each) => {
    const frames: string[] = [];
    Object.assign(globalThis, { framesSeen: frames });
    const look = (): void => {
      const body = document.body as HTMLElement | null;
      // What stands before the first paint was seen by nobody.
      if (performance.getEntriesByName('first-paint').length === 0) frames.length = 0;
      if (body) frames.push(each === 'words' ? body.innerText : (document.documentElement.dataset['theme'] ?? 'none'));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, what);
}

const seen = ({ page }: Screen): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { framesSeen: string[] }).framesSeen);

/** What is wider than its frame and can be scrolled there, or stands out of the window. */
const sideways = ({ page }: Screen): Promise<string[]> =>
  page.evaluate(() => {
    const wide = [...document.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const scrolls = element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX);
      return scrolls && element.scrollWidth > element.clientWidth + 1;
    });
    return wide.map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`);
  });

/** What can be pressed and is smaller than a finger. A link within a sentence is as high as its line. */
const small = (within: Locator): Promise<string[]> =>
  within.evaluate((root) => {
    const pressable = [...root.querySelectorAll<HTMLElement>('button, input, textarea, a[href], [role="switch"]')];
    return pressable.flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const inSentence = element.tagName === 'A' && getComputedStyle(element).display === 'inline';
      if (width === 0 || inSentence || !element.checkVisibility({ visibilityProperty: true })) return [];
      const name = element.getAttribute('aria-label') ?? element.textContent;
      return Math.min(width, height) < 43.5 ? [`${name} ${Math.round(width)}×${Math.round(height)}`] : [];
    });
  });
