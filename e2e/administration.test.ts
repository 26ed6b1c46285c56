import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Participant, PASSWORD } from '../apps/server/test/support/participant.js';
import { clean } from './support/axe.js';
import { execute } from './support/database.js';
import type { Look, Person } from './support/person.js';
import { NO_NETWORK } from './support/problems.js';
import { eventually, type Screen } from './support/screen.js';
import { useStage } from './support/stage.js';
import { words, type Language } from './support/words.js';

const stage = useStage();
const t = words.en;
const PHONE: Look = { viewport: { width: 390, height: 844 }, touch: true };
let founder: Participant;

beforeAll(async () => {
  founder = await Participant.register(stage.url, 'Fundadora');
});

beforeEach(() => setPolicy('open'));

/** Somebody whom the database calls this, in front of the administration. */
async function withRole(role: 'admin' | 'owner', name: string, look?: Look): Promise<Person> {
  const person = await stage.account(name, look);
  if (role === 'owner') await execute(stage.databaseUrl, `update users set role = 'admin' where role = 'owner'`);
  await execute(stage.databaseUrl, 'update users set role = $1 where public_id = $2', [role, person.wire.id]);
  await person.goto('/admin');
  await person.sees(person.page.getByRole('list', { name: words[language(look)].admin.people }));
  return person;
}

const language = (look?: Look): Language => (look?.locale === 'es' ? 'es' : 'en');
const setPolicy = (registration: string): Promise<void> =>
  execute(
    stage.databaseUrl,
    `insert into server_settings (registration) values ($1) on conflict (id) do update set registration = $1`,
    [registration],
  );

async function menuOf(screen: Screen, name: string, lang: Language = 'en'): Promise<void> {
  await screen.page.getByLabel(words[lang].admin.find).fill(name);
  const button = screen.button(words[lang].admin.personActions.replace('{name}', name));
  await eventually(() => button.count()).toBe(1);
  await button.click();
}

const choose = (screen: Screen, action: string) => screen.page.getByRole('menuitem', { name: action }).click();

async function register(screen: Screen, name: string, email: string): Promise<void> {
  await screen.page.getByRole('textbox', { name: t.auth.name }).fill(name);
  await screen.page.getByRole('textbox', { name: t.auth.email }).fill(email);
  await screen.page.getByLabel(t.auth.password, { exact: true }).fill(PASSWORD);
  await screen.button(t.auth.register).click();
}

describe('who gets in', () => {
  it('the owner closes the door, invites somebody, and throws them out again', async () => {
    const olga = await withRole('owner', 'Olga');
    await olga.button(t.admin.registration).click();
    await olga.page.getByRole('radio', { name: t.admin.closed }).check();
    await olga.sees(t.admin.registrationSaved);
    const gil = await stage.visitor('/register');
    await gil.sees(t.refused.closedTitle);

    await olga.page.getByRole('radio', { name: t.admin.invite }).check();
    await eventually(async () => {
      await gil.page.reload();
      // The words come with the page, after the question what this server allows.
      return gil
        .text(t.refused.inviteTitle)
        .waitFor({ timeout: 2_000 })
        .then(() => 'asked for an invitation')
        .catch(() => 'not yet');
    }).toBe('asked for an invitation');
    await olga.button(t.admin.invites).click();
    await olga.sees(t.admin.noInvites);
    await olga.button(t.admin.createInvite).click();
    const link = await olga.page.getByLabel(t.admin.link, { exact: true }).inputValue();
    expect(link).toMatch(/^http:\/\/[^/]+\/register#invite=[\w-]{43}$/);

    const asked: string[] = [];
    gil.page.on('request', (request) => asked.push(request.url()));
    await gil.page.goto(link);
    await gil.sees(t.auth.invitedNote);
    await register(gil, 'Gil', 'gil@example.org');
    await gil.sees(t.list.emptyTitle);
    expect(asked.filter((url) => url.includes(link.split('=')[1] ?? ''))).toEqual([]);

    const late = await stage.visitor();
    await late.page.goto(link);
    await register(late, 'Lola', 'lola@example.org');
    await late.sees(t.errors.invite_invalid);

    await olga.button(t.admin.people).click();
    await menuOf(olga, 'Gil');
    await choose(olga, t.admin.suspend);
    await olga.dialog.getByRole('button', { name: t.admin.suspend }).click();
    await gil.sees(t.auth.sessionEnded);
    await olga.sees(t.admin.suspended);
    await gil.page.getByRole('textbox', { name: t.auth.email }).fill('gil@example.org');
    await gil.page.getByLabel(t.auth.password, { exact: true }).fill(PASSWORD);
    await gil.button(t.auth.login).click();
    await gil.sees(t.errors.wrong_credentials);

    await menuOf(olga, 'Gil');
    await choose(olga, t.admin.showAudit);
    await olga.sees('Olga suspended Gil');
    await olga.sees('Gil came by an invitation of Olga');
  });

  it('an invitation is revoked after a question', async () => {
    const adan = await withRole('admin', 'Adán');
    await adan.button(t.admin.invites).click();
    await adan.page.getByLabel(t.admin.uses).fill('0');
    await adan.sees('A whole number from 1 to 1000.');
    await adan.page.getByLabel(t.admin.uses).fill('3');
    await adan.button(t.admin.createInvite).click();
    await adan.sees('Nobody has come yet, room for 3');
    await adan.page.getByRole('button', { name: t.admin.revoke }).first().click();
    await adan.dialog.getByRole('button', { name: t.admin.revoke }).click();
    await adan.losesSight(adan.dialog);
    await adan.sees(t.admin.inviteRevoked);
  });
});

describe('people', () => {
  it('are made admins, given a link, and the server, by the owner alone', async () => {
    const olga = await withRole('owner', 'Olga');
    const nora = await stage.account('Nora Vidal');
    await menuOf(olga, 'Nora Vidal');
    await choose(olga, t.admin.makeAdmin);
    await olga.sees('Nora Vidal is an admin now');
    await menuOf(olga, 'Nora Vidal');
    await choose(olga, t.admin.recoveryLink);
    const link = await olga.dialog.getByLabel(t.admin.link, { exact: true }).inputValue();
    expect(link).toMatch(/\/recover#[\w-]{43}$/);
    await eventually(() => olga.focused()).toBe(t.common.close);
    await olga.page.keyboard.press('Escape');
    await olga.losesSight(olga.dialog);
    await menuOf(olga, 'Nora Vidal');
    await choose(olga, t.admin.handOver);
    await olga.dialog.getByRole('button', { name: t.admin.handOver }).click();
    await olga.losesSight(olga.dialog);
    await nora.goto('/settings');
    await nora.sees(t.settings.serverOwner);
    await menuOf(olga, 'Nora Vidal');
    await olga.sees(olga.page.getByRole('menuitem', { name: t.admin.showAudit }));
    expect(await olga.page.getByRole('menuitem').count()).toBe(1);
  });

  it('are kept out and let in by the keyboard alone', async () => {
    const adan = await withRole('admin', 'Adán');
    await stage.account('Marta Sol');
    await adan.page.getByLabel(t.admin.find).focus();
    await adan.page.keyboard.type('marta sol');
    await eventually(() => adan.page.getByRole('listitem').filter({ hasText: 'Marta Sol' }).count()).toBe(1);
    await eventually(() => adan.page.getByRole('list', { name: t.admin.people }).getByRole('listitem').count()).toBe(1);
    await adan.page.keyboard.press('Tab');
    expect(await adan.focused()).toBe('Actions for Marta Sol');
    await adan.page.keyboard.press('Enter');
    await eventually(() => adan.focused()).toBe(t.admin.showAudit);
    await adan.page.keyboard.press('End');
    await eventually(() => adan.focused()).toBe(t.admin.suspend);
    await adan.page.keyboard.press('Enter');
    await adan.sees('Suspend Marta Sol?');
    await adan.page.keyboard.press('Tab');
    await adan.page.keyboard.press('Enter');
    await adan.sees(t.admin.suspended);
    await eventually(() => adan.focused()).toBe('Actions for Marta Sol');
    await adan.page.keyboard.press('Enter');
    await choose(adan, t.admin.restore);
    await adan.sees('Marta Sol can log in again');
  });

  it('are told why there is nothing, and try again', async () => {
    stage.problems.tolerate(NO_NETWORK);
    const adan = await withRole('admin', 'Adán');
    await adan.page.route('**/api/admin/**', (route) => route.abort());
    await adan.button(t.admin.auditLog).click();
    await adan.sees(t.errors.offline);
    await adan.page.unroute('**/api/admin/**');
    await adan.button(t.common.retry).click();
    await adan.sees('Fundadora made an account');
  });
});

it('a member finds no way to the administration, and nothing behind its address', async () => {
  const mia = await stage.person('Mía');
  await mia.goto('/settings');
  await mia.sees(mia.button(t.settings.logout));
  expect(await mia.page.getByRole('link', { name: t.settings.administration }).count()).toBe(0);
  await mia.goto('/admin');
  await mia.sees(t.errors.not_allowed);
  expect(await mia.text('Fundadora').count()).toBe(0);
  expect(founder.name).toBe('Fundadora');
});

it('an admin comes there from the settings, and back', async () => {
  const adan = await withRole('admin', 'Adán');
  await adan.goto('/settings');
  await adan.page.getByRole('link', { name: t.settings.administration }).click();
  await adan.sees(adan.page.getByRole('heading', { level: 1, name: t.admin.title }));
  await adan.button(t.settings.title).last().click();
  await adan.sees(adan.page.getByRole('heading', { level: 1, name: t.settings.title }));
});

describe.each(['en', 'es'] as const)('the page in %s', (locale: Language) => {
  const w = words[locale];

  it.each([
    ['on a desk', {}],
    ['on a phone', PHONE],
  ] as const)('has no violation %s, in either theme', async (where, look: Look) => {
    const nora = `Nora ${where} ${locale}`;
    const olga = await withRole('owner', 'Olga', { ...look, locale });
    await stage.account(nora);
    await clean(olga, 'people');
    await menuOf(olga, nora, locale);
    await olga.sees(olga.page.getByRole('menu'));
    await clean(olga, 'menu of a person');
    await choose(olga, w.admin.suspend);
    await olga.sees(olga.dialog);
    await clean(olga, 'question before a suspension');
    await olga.dialog.getByRole('button', { name: w.admin.suspend }).click();
    await olga.sees(w.admin.suspended);
    await clean(olga, 'somebody suspended');
    await menuOf(olga, nora, locale);
    await choose(olga, w.admin.recoveryLink);
    await olga.sees(olga.dialog);
    await clean(olga, 'link for a new password');
    await olga.page.keyboard.press('Escape');
    await olga.button(w.admin.invites).click();
    await olga.button(w.admin.createInvite).click();
    await olga.sees(w.admin.newInvite);
    await clean(olga, 'invitations');
    await olga.button(w.admin.registration).click();
    await olga.sees(olga.page.getByRole('radio', { name: w.admin.closed }));
    await clean(olga, 'registration');
    await olga.button(w.admin.auditLog).click();
    await olga.sees(olga.page.getByRole('list', { name: w.admin.auditLog }));
    await clean(olga, 'audit log');
  });

  it.each(['closed', 'invite'] as const)('registration %s has no violation', async (policy) => {
    await setPolicy(policy);
    const visitor = await stage.visitor('/register', { locale });
    await visitor.sees(policy === 'closed' ? w.refused.closedTitle : w.refused.inviteTitle);
    await clean(visitor, policy);
  });
});

it('on a phone everything can be hit by a finger, and nothing runs out at the side', async () => {
  const olga = await withRole('owner', 'Olga', { ...PHONE, locale: 'es' });
  await stage.account('Nora Sin Más');
  for (const part of ['invites', 'registration', 'auditLog', 'people'] as const) {
    await olga.button(words.es.admin[part]).click();
    await olga.sees(olga.page.getByRole('region', { name: words.es.admin[part] }));
    const small = await olga.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main button, main select, main input:not([type=radio])')]
        .filter((element) => element.offsetParent !== null && element.getBoundingClientRect().height < 44)
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(small, part).toEqual([]);
    const wide = await olga.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide, part).toBe(false);
  }
});
