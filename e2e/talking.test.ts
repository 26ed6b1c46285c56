import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../apps/server/test/support/participant.js';
import { write } from './support/history.js';
import { evictStorage } from './support/network.js';
import { NO_NETWORK } from './support/problems.js';
import { eventually, Screen } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();

async function register(screen: Screen, name: string, email: string): Promise<void> {
  await screen.page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await screen.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await screen.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await screen.button('Create account').click();
}

async function logIn(screen: Screen, email: string, password: string): Promise<void> {
  await screen.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await screen.page.getByLabel('Password', { exact: true }).fill(password);
  await screen.button('Log in').click();
}

describe('two people in two browsers', () => {
  it('register, find each other and talk, without a reload', async () => {
    const ana = await stage.visitor();
    await ana.sees('This is the first account: it will own this server.');
    await register(ana, 'Ana', 'ana@example.org');
    await ana.sees('No conversations yet');

    const bea = await stage.visitor();
    await bea.page.getByRole('link', { name: 'Create one' }).click();
    await register(bea, 'Bea Núñez', 'bea@example.org');
    await bea.sees('No conversations yet');

    await ana.findPerson('nunez', 'Bea Núñez');
    await ana.sees('Nothing written yet. Say hello to Bea Núñez.');
    await ana.composer.fill('Hola, Bea');
    await ana.page.keyboard.press('Enter');
    await ana.shows(['Hola, Bea']);
    expect(await ana.composer.inputValue()).toBe('');

    await bea.openConversation('Ana');
    await bea.shows(['Hola, Bea']);
    await bea.send('Hola, Ana');
    await ana.shows(['Hola, Bea', 'Hola, Ana']);
  });

  it('the second account is told nothing about owning', async () => {
    await stage.account('Ana');
    const bea = await stage.visitor('/login');
    const info = bea.page.waitForResponse('**/api/server');
    await bea.page.getByRole('link', { name: 'Create one' }).click();
    expect(await (await info).json()).toMatchObject({ needsOwner: false });
    await bea.page.evaluate(() => new Promise(requestAnimationFrame));
    await bea.sees('Create an account');
    expect(await bea.page.getByText('it will own this server').count()).toBe(0);
  });

  it('an exact e-mail finds its person and is never shown', async () => {
    const ana = await stage.person('Ana');
    const bea = await stage.account('Beatriz del Campo');
    const search = ana.page.getByRole('textbox', { name: 'Find people and conversations' });
    await search.fill(bea.email);
    await ana.sees(ana.button('Beatriz del Campo'));
    expect(await ana.page.getByRole('navigation').innerText()).not.toContain(bea.email);
    await search.fill(bea.email.slice(0, -2));
    await ana.sees('Nobody and nothing by that name.');
  });

  it("a message reaches the sender's other tab", async () => {
    const { ana, id } = await stage.notes();
    const other = await ana.tab(`/c/${id}`);
    await ana.send('one');
    await other.shows(['one']);
    await other.send('two');
    await ana.shows(['one', 'two']);
  });

  it('a message is pending until the server has stored it', async () => {
    const { ana } = await stage.notes();
    await ana.send('first');
    await ana.shows(['first']);
    stage.problems.tolerate(NO_NETWORK);
    await stage.stopServer();
    await ana.send('second');
    await eventually(() => ana.pending()).toEqual(['second']);
    await stage.startServer();
    await ana.shows(['first', 'second']);
  });
});

describe('any text', () => {
  const texts = [
    'uno\n\n  dos\n    tres',
    'مرحبا يا صديقي، كيف حالك؟',
    '你好,我们明天见面吧。',
    '👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇪🇸',
    'if (a < b && c > d) { return `x${y}`; } // <b>no</b> &amp; **no**',
  ];

  it.each([
    ['line breaks, scripts of the world, emoji with joiners, code', texts],
    ['16 KB', ['palabra '.repeat(2047).concat('fin')]],
  ])('arrives as it was typed: %s', async (_, typed) => {
    const { ana, bea } = await stage.pair();
    await ana.send(...typed);
    await bea.shows(typed);
    await ana.shows(typed);
  });

  it('of right-to-left letters runs from right to left', async () => {
    const { ana } = await stage.notes();
    await ana.send('مرحبا');
    const direction = () =>
      ana
        .message('مرحبا')
        .locator('[dir="auto"]')
        .evaluate((text) => getComputedStyle(text).direction);
    await eventually(direction).toBe('rtl');
  });

  it('longer than 16 KB is refused before it is sent, and stays in the composer', async () => {
    const { ana } = await stage.notes();
    const long = 'a'.repeat(16_385);
    await ana.composer.fill(long);
    await ana.page.keyboard.press('Enter');
    await ana.sees('Too long by 1 byte.');
    expect(await ana.composer.inputValue()).toBe(long);
    await ana.send('a');
    await ana.shows(['a']);
  });

  it('an address is a link that opens apart and tells nobody where it came from', async () => {
    const { ana } = await stage.notes();
    await ana.send('look at https://example.org/a_(b)?q=1, and at javascript:alert(1)');
    const link = ana.log.getByRole('link');
    await eventually(() => link.count()).toBe(1);
    expect(await link.getAttribute('href')).toBe('https://example.org/a_(b)?q=1');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });
});

describe('a message that wants to run', () => {
  const corpus = [
    '<script>window.ran = 1; alert(1)</script>',
    '<img src=x onerror="window.ran=1;alert(1)">',
    '<svg/onload=alert(1)><iframe srcdoc="<script>parent.ran=1</script>">',
    '"><a href="javascript:alert(1)">click</a>',
    '[click](javascript:alert(1)) ![x](https://evil.example/p.png)',
    '<style>*{display:none}</style><link rel=stylesheet href=https://evil.example/a.css>',
    '{{constructor.constructor("alert(1)")()}} ${alert(1)} #{7*7}',
    '\u202Egnp.exe \u0000-less <object data="https://evil.example">'.replace('\u0000', ''),
  ];

  it('is shown as the text it is, in the list, the window and the title', async () => {
    const ana = await stage.person('Ana');
    const eve = await stage.account('<img src=x onerror=alert(2)>');
    const { id } = await eve.wire.direct(ana.wire);
    await write(eve, id, corpus);
    await ana.openConversation(eve.name);
    await ana.shows(corpus);
    expect(await ana.page.evaluate(() => 'ran' in globalThis)).toBe(false);
    expect(await ana.log.locator('img, script, iframe, svg[onload], style, link, object').count()).toBe(0);
  });

  it('would be heard by these tests: a violation of the policy counts as a failure', async () => {
    const ana = await stage.person('Ana');
    await ana.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = 1';
      document.body.append(script);
    });
    await eventually(() => stage.problems.count).toBeGreaterThan(0);
    expect(stage.problems.take()[0]).toContain('Content Security Policy');
    expect(await ana.page.evaluate(() => 'ran' in globalThis)).toBe(false);
  });
});

describe('a session', () => {
  it('that never was is not asked for: a first visit leaves the console empty', async () => {
    await stage.account('Ana');
    const page = await (await stage.profile()).newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('response', (response) => response.status() >= 400 && said.push(`${response.status()} ${response.url()}`));
    const visitor = new Screen(page, stage.url);
    await visitor.goto('/');
    await visitor.sees('Good to see you again.');
    expect(said).toEqual([]);
  });

  it('is found again by its cookie alone, when the browser has lost everything else', async () => {
    const { ana } = await stage.notes();
    await ana.send('still mine');
    await ana.shows(['still mine']);
    await ana.goto('/nowhere');
    await evictStorage(ana.page);
    await ana.goto();
    await ana.openConversation('Notes');
    await ana.shows(['still mine']);
  });

  it('outlives a reload and a restart of the server, with its history', async () => {
    const { ana } = await stage.notes();
    await ana.send('before');
    await ana.shows(['before']);
    await ana.page.reload();
    await ana.shows(['before']);
    stage.problems.tolerate(NO_NETWORK);
    await stage.stopServer();
    await stage.startServer();
    await ana.page.reload();
    await ana.shows(['before']);
    await ana.send('after');
    await ana.shows(['before', 'after']);
  });

  it('ends with the log-out: nothing is left, also not behind Back', async () => {
    const { ana } = await stage.notes();
    await ana.send('a secret');
    await ana.shows(['a secret']);
    await ana.button('Settings').click();
    await ana.button('Log out').click();
    await ana.sees('Good to see you again.');
    await ana.page.goBack();
    await ana.sees('Good to see you again.');
    expect(await ana.page.getByText('a secret').count()).toBe(0);
    await logIn(ana, ana.email, PASSWORD);
    await ana.sees(ana.row('Notes'));
  });

  it('begins at the address one was going to', async () => {
    const ana = await stage.account('Ana');
    const { id } = await ana.wire.direct(ana.wire);
    const visitor = await stage.visitor(`/c/${id}`);
    await visitor.sees('Good to see you again.');
    await logIn(visitor, ana.email, PASSWORD);
    await visitor.sees(visitor.composer);
    expect(new URL(visitor.page.url()).pathname).toBe(`/c/${id}`);
  });
});

describe('a refusal is a sentence', () => {
  it('for a wrong password, and the e-mail stays', async () => {
    const ana = await stage.account('Ana');
    const visitor = await stage.visitor('/login');
    await logIn(visitor, ana.email, 'not the right one');
    await eventually(() => visitor.page.getByRole('alert').first().innerText()).toBe(
      'E-mail or password is not right. Try again.',
    );
    expect(await visitor.page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe(ana.email);
  });

  it('for a taken address', async () => {
    const ana = await stage.account('Ana');
    const visitor = await stage.visitor('/register');
    await register(visitor, 'Another Ana', ana.email);
    await visitor.sees('There is already an account with this e-mail. Log in instead.');
  });

  it('for a password that everybody tries first', async () => {
    const visitor = await stage.visitor('/register');
    await visitor.page.getByRole('textbox', { name: 'Your name' }).fill('Ana');
    await visitor.page.getByRole('textbox', { name: 'E-mail' }).fill('weak@example.org');
    await visitor.page.getByLabel('Password', { exact: true }).fill('password123');
    await visitor.sees('Easy to guess');
    await visitor.button('Create account').click();
    await visitor.sees('Choose a longer or less common password.');
  });
});
