import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/server/test/support/free-port.js';
import { startMailCatcher } from '../apps/server/test/support/mail-catcher.js';
import { Participant, PASSWORD } from '../apps/server/test/support/participant.js';
import { startServer } from '../apps/server/test/support/server.js';
import { eventually, Screen } from './support/screen.js';
import { useStage } from './support/stage.js';
import { words } from './support/words.js';

const t = words.en;
const OTHER = 'otra contraseña bien larga';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) Version/26.0 Mobile/15E148 Safari/604.1';

const stage = useStage();

const fillNew = async ({ page }: Screen, current: string, password: string): Promise<void> => {
  await page.getByLabel(t.security.currentPassword).fill(current);
  await page.getByLabel(t.security.newPassword).fill(password);
  await page.getByRole('button', { name: t.security.change }).click();
};

it('a person is told of a new device, sees where they are logged in, and ends one session, then all others', async () => {
  const ana = await stage.person('Ana');
  const windows = await ana.wire.logIn({ userAgent: FIREFOX });
  const phone = await ana.wire.logIn({ userAgent: IPHONE });
  await Promise.all([windows.connect(), phone.connect()]);
  await ana.button(t.list.settingsNews).click();
  await ana.sees(t.settings.securityNews);
  await ana.page.getByRole('link', { name: t.settings.securityHint }).click();

  const sessions = ana.page.getByRole('region', { name: t.security.sessions }).getByRole('listitem');
  await eventually(() => sessions.count()).toBe(3);
  await ana.sees(sessions.filter({ hasText: t.security.thisDevice }).getByText(t.security.program));
  await ana.sees(sessions.filter({ hasText: 'Safari on iOS' }));
  const news = ana.page.getByRole('region', { name: t.security.notices });
  await eventually(() => news.getByRole('listitem').count()).toBe(2);
  for (let left = 2; left > 0; left -= 1) await news.getByRole('button', { name: t.security.dismiss }).first().click();
  await news.waitFor({ state: 'hidden' });

  await ana.button('End the session of Firefox on Windows').click();
  await ana.dialog.getByRole('button', { name: t.security.endAction }).click();
  await ana.sees(t.security.ended);
  await eventually(() => windows.socket?.connected).toBe(false);
  await eventually(() => sessions.count()).toBe(2);
  expect(phone.socket?.connected).toBe(true);

  await ana.button(t.security.endOthers).click();
  await ana.dialog.getByRole('button', { name: t.security.endOthers }).click();
  await ana.sees(t.security.noOthers);
  await eventually(() => phone.socket?.connected).toBe(false);
  await ana.goto();
  await ana.sees(ana.button(t.list.settings));
});

it('a page whose session was ended elsewhere goes to the log-in and says why', async () => {
  const ana = await stage.person('Ana');
  const other = await ana.wire.logIn();
  await other.ok('POST', `/api/sessions/${ana.wire.grant.session}/end`, {});
  await ana.sees(t.auth.sessionEnded);
});

it('a password is changed: a wrong current one is refused in words, the page goes on, the old one is worth nothing', async () => {
  const ana = await stage.person('Ana');
  await ana.goto('/settings/security');
  await ana.sees(t.security.passwordHint);
  await ana.button(t.security.change).click();
  await ana.sees(t.auth.passwordMissing);
  await fillNew(ana, 'not this one', OTHER);
  await ana.sees(t.errors.wrong_password);
  await fillNew(ana, PASSWORD, OTHER);
  await ana.sees(t.security.changed);
  await eventually(() => ana.page.getByLabel(t.security.currentPassword).inputValue()).toBe('');
  await ana.goto();
  await ana.page.getByRole('navigation').waitFor();

  const visitor = await stage.visitor('/login');
  await visitor.page.getByLabel(t.auth.email).fill(ana.email);
  await visitor.page.getByLabel(t.auth.password, { exact: true }).fill(PASSWORD);
  await visitor.button(t.auth.login).click();
  await visitor.sees(t.errors.wrong_credentials);
  await visitor.page.getByLabel(t.auth.password, { exact: true }).fill(OTHER);
  await visitor.button(t.auth.login).click();
  await visitor.page.getByRole('navigation').waitFor();
});

it('a forgotten password is chosen anew through the link of a mail, and the link works once', async () => {
  const mails = await startMailCatcher();
  const port = String(await freePort());
  const server = await startServer({
    env: {
      PORT: port,
      PUBLIC_URL: `http://localhost:${port}`,
      SMTP_URL: mails.url,
      MAIL_FROM: 'Tertulia <chat@example.org>',
    },
  });
  stage.origins.push(server.url);
  onTestFinished(async () => {
    await server.stop();
    await mails.stop();
  });
  const { email } = await Participant.register(server.url, 'Ana');
  const ana = new Screen(await (await stage.profile()).newPage(), server.url);
  await ana.goto('/login');
  await ana.page.getByRole('link', { name: t.auth.forgot }).click();
  await ana.page.getByLabel(t.auth.email).fill(email);
  await ana.button(t.recovery.send).click();
  await ana.sees(t.recovery.sentTitle);
  const link = /^http\S+$/m.exec((await mails.take(email)).text)![0];

  await ana.page.goto(link);
  await ana.page.getByLabel(t.recovery.newPassword).fill('corta');
  await ana.button(t.recovery.save).click();
  await ana.sees(/needed/);
  await ana.page.getByLabel(t.recovery.newPassword).fill(OTHER);
  await ana.button(t.recovery.save).click();
  await ana.sees(t.recovery.doneTitle);
  expect(new URL(ana.page.url()).hash).toBe('');
  await ana.page.getByRole('link', { name: t.recovery.goToLogin }).click();
  await ana.page.getByLabel(t.auth.email).fill(email);
  await ana.page.getByLabel(t.auth.password, { exact: true }).fill(OTHER);
  await ana.button(t.auth.login).click();
  await ana.page.getByRole('navigation').waitFor();

  await ana.page.goto(link);
  await ana.page.getByLabel(t.recovery.newPassword).fill(PASSWORD);
  await ana.button(t.recovery.save).click();
  await ana.sees(t.errors.link_invalid);
});

it('where the server sends no mail, whoever forgot their password is told whom to ask', async () => {
  const visitor = await stage.visitor('/login');
  await visitor.page.getByRole('link', { name: t.auth.forgot }).click();
  await visitor.sees(t.recovery.noMail);
  await visitor.goto('/recover');
  await visitor.sees(t.recovery.noLink);
});
