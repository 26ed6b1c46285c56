import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../apps/server/test/support/participant.js';
import { lines, write } from './support/history.js';
import { eventually, type Screen } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();
const FAR = 30;

const press = async ({ page }: Screen, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

const focusIs = (screen: Screen, name: string | RegExp) => eventually(() => screen.focused()).toMatch(name);

/** Tab, as often as it takes. */
async function tabTo(screen: Screen, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let turn = 0; turn < FAR; turn += 1) {
    await press(screen, key);
    const focused = await screen.focused();
    if (name.test(focused)) return;
    passed.push(focused);
  }
  throw new Error(
    `${name.source} is not reached by ${key}; passed: ${passed.map((text) => text.slice(0, 40)).join(' | ')}`,
  );
}

/** Where on the page the focus is. */
const region = ({ page }: Screen): Promise<string> =>
  page.evaluate(() => {
    const within = (selector: string) => document.activeElement?.closest(selector) !== null;
    return within('nav') ? 'list' : within('[role="log"]') ? 'messages' : within('form') ? 'composer' : 'elsewhere';
  });

describe('by keyboard alone', () => {
  it('one registers, finds somebody, writes and logs out', async () => {
    await stage.account('Bea Teclada');
    const ana = await stage.visitor('/register');
    await focusIs(ana, 'Your name');
    await ana.page.keyboard.type('Ana');
    await press(ana, 'Tab');
    await ana.page.keyboard.type('ana.teclas@example.org');
    await press(ana, 'Tab');
    await ana.page.keyboard.type(PASSWORD);
    await press(ana, 'Enter');
    await ana.sees('No conversations yet');

    await tabTo(ana, /^Find people and conversations$/);
    await ana.page.keyboard.type('teclada');
    await ana.sees(ana.button('Bea Teclada'));
    await press(ana, 'ArrowDown');
    await focusIs(ana, /Bea Teclada/);
    await press(ana, 'Enter');
    await focusIs(ana, /^Message$/);
    await ana.page.keyboard.type('written without a mouse');
    await press(ana, 'Enter');
    await ana.shows(['written without a mouse']);

    await tabTo(ana, /^Settings$/);
    await press(ana, 'Enter');
    await ana.sees(ana.button('Log out'));
    await tabTo(ana, /^Log out$/);
    await press(ana, 'Enter');
    await focusIs(ana, 'E-mail');
  });

  it('the messages are one stop: arrows walk, Home and End jump, Enter leads to the actions, Esc to the composer', async () => {
    const { ana, id } = await stage.notes();
    await write(ana, id, lines(60));
    await ana.sees(ana.message('line 60.'));
    await ana.composer.focus();
    await press(ana, 'Shift+Tab');
    await focusIs(ana, 'line 60.');
    await press(ana, 'ArrowUp', 'ArrowUp');
    await focusIs(ana, 'line 58.');
    await press(ana, 'ArrowDown');
    await focusIs(ana, 'line 59.');
    await press(ana, 'Home');
    await focusIs(ana, 'line 1.');
    await press(ana, 'End');
    await focusIs(ana, 'line 60.');
    await press(ana, 'Enter');
    await focusIs(ana, /^Edit$/);
    await press(ana, 'ArrowRight');
    await focusIs(ana, 'Copy text');
    await press(ana, 'ArrowRight');
    await focusIs(ana, 'Copy link');
    await press(ana, 'Escape');
    await focusIs(ana, 'line 60.');
    await press(ana, 'Tab');
    await focusIs(ana, /^Message$/);
    await press(ana, 'Shift+Tab', 'ArrowUp', 'Escape');
    await focusIs(ana, /^Message$/);
  });

  it('a message that arrives does not take the focus away', async () => {
    const { ana, bea, id } = await stage.pair();
    await write(bea, id, lines(3));
    await ana.sees(ana.message('line 3.'));
    await ana.composer.focus();
    await press(ana, 'Shift+Tab', 'ArrowUp');
    await focusIs(ana, 'line 2.');
    await write(bea, id, ['one more']);
    await ana.sees(ana.message('one more'));
    expect(await ana.focused()).toContain('line 2.');
  });

  it('F6 goes round the regions, Shift+F6 the other way', async () => {
    const { ana, id } = await stage.notes();
    await write(ana, id, ['something']);
    await ana.sees(ana.message('something'));
    await ana.composer.focus();
    const walked: string[] = [];
    for (const key of ['F6', 'F6', 'F6', 'Shift+F6', 'Shift+F6']) {
      await press(ana, key);
      walked.push(await region(ana));
    }
    expect(walked).toEqual(['list', 'messages', 'composer', 'messages', 'list']);
  });

  it('a dialog keeps the focus inside and gives it back to what opened it', async () => {
    const { ana } = await stage.notes();
    await tabTo(ana, /^Details$/, 'Shift+Tab');
    await press(ana, 'Enter');
    await ana.sees(ana.dialog);
    const inside = () => ana.dialog.evaluate((dialog) => dialog.contains(document.activeElement));
    await eventually(inside).toBe(true);
    for (const key of ['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
      await press(ana, key);
      expect(await inside(), key).toBe(true);
    }
    await press(ana, 'Escape');
    await ana.losesSight(ana.dialog);
    await focusIs(ana, /^Details$/);
  });

  it('a menu opens, walks and closes without closing the dialog under it', async () => {
    const [ana, bea] = [await stage.account('Ana'), await stage.account('Bea')];
    const { id } = await ana.wire.group('Huerto', [bea.wire]);
    await ana.openConversationAt(id);
    await ana.sees(ana.composer);
    await tabTo(ana, /^Details$/);
    await press(ana, 'Enter');
    await ana.sees(ana.button('Actions for Bea'));
    await tabTo(ana, /^Actions for Bea$/);
    await press(ana, 'Enter');
    await focusIs(ana, 'Remove from the group');
    await press(ana, 'Escape');
    await focusIs(ana, /^Actions for Bea$/);
    await ana.sees(ana.dialog);
  });

  it('arrows walk over the list of conversations', async () => {
    const ana = await stage.account('Ana');
    for (const name of ['Huerto', 'Ajedrez', 'Lectura']) await ana.wire.group(name, []);
    await ana.goto();
    await ana.sees(ana.row('Huerto'));
    await tabTo(ana, /^.*Lectura/);
    await press(ana, 'ArrowDown');
    await focusIs(ana, 'Ajedrez');
    await press(ana, 'ArrowDown', 'ArrowUp', 'Enter');
    await ana.sees(ana.page.getByRole('heading', { level: 1, name: 'Ajedrez' }));
  });
});

describe('the composer', () => {
  it('Shift+Enter begins a line, Enter sends', async () => {
    const { ana } = await stage.notes();
    await ana.composer.focus();
    await ana.page.keyboard.type('one');
    await press(ana, 'Shift+Enter');
    await ana.page.keyboard.type('two');
    await press(ana, 'Enter');
    await ana.shows(['one\ntwo']);
  });

  it('with the option, Enter begins a line and Ctrl+Enter sends', async () => {
    const { ana } = await stage.notes();
    await ana.button('Settings').click();
    await ana.button('Ctrl + Enter').click();
    await ana.openConversation('Notes');
    await ana.composer.focus();
    await ana.page.keyboard.type('one');
    await press(ana, 'Enter');
    await ana.page.keyboard.type('two');
    await press(ana, 'Control+Enter');
    await ana.shows(['one\ntwo']);
  });

  it('an Enter that ends the composing of an input method does not send', async () => {
    const { ana } = await stage.notes();
    await ana.composer.focus();
    const cdp = await ana.context.newCDPSession(ana.page);
    await cdp.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await cdp.send('Input.insertText', { text: '日本' });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    await eventually(() => ana.composer.inputValue()).toBe('日本');
    // Some browsers tell the end of composing before that Enter: the page waits a moment before an Enter counts again.
    await ana.page.waitForFunction(
      (since) => performance.now() - since > 150,
      await ana.page.evaluate(() => performance.now()),
    );
    await ana.page.keyboard.type('!');
    await press(ana, 'Enter');
    await ana.shows(['日本!']);
  });
});
