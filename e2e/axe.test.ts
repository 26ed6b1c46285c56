import { it } from 'vitest';
import { clean } from './support/axe.js';
import { Finger } from './support/finger.js';
import { lines, write } from './support/history.js';
import type { Person } from './support/person.js';
import { useStage } from './support/stage.js';
import { words, type Language } from './support/words.js';

const stage = useStage();

async function someoneWithHistory(locale: string): Promise<{ ana: Person; group: string }> {
  const ana = await stage.account('Ana', { locale });
  const bea = await stage.account('Bea Ruiz');
  const direct = await ana.wire.direct(bea.wire);
  const group = await ana.wire.group('Huerto', [bea.wire]);
  await write(bea, direct.id, ['hello', 'see https://example.org']);
  await write(bea, group.id, lines(4));
  return { ana, group: group.id };
}

it.each(['en', 'es'] as const)('what a held finger brings up has no violation: %s', async (locale: Language) => {
  const { ana, id } = await stage.notes({ viewport: { width: 390, height: 844 }, touch: true, locale });
  await write(ana, id, ['hold me']);
  await ana.sees(ana.message('hold me'));
  const finger = await Finger.on(ana, ana.message('hold me').locator('[dir="auto"]'));
  await ana.sees(ana.dialog);
  await finger.lift();
  await clean(ana, 'actions of a message for fingers');
});

it.each(['en', 'es'] as const)('no page has a violation, in either theme: %s', async (locale: Language) => {
  const t = words[locale];
  const empty = await stage.person('Carla', { locale });
  await empty.sees(t.list.emptyTitle);
  await clean(empty, 'empty list');

  const visitor = await stage.visitor('/login', { locale });
  await visitor.sees(t.auth.loginLead);
  await clean(visitor, 'log-in');
  await visitor.button(t.auth.login).click();
  await visitor.sees(t.auth.emailInvalid);
  await clean(visitor, 'log-in with errors');
  await visitor.goto('/register');
  await visitor.page.getByLabel(t.auth.password, { exact: true }).fill('corta');
  await clean(visitor, 'registration');
  await visitor.goto('/forgot');
  await visitor.sees(t.recovery.noMail);
  await clean(visitor, 'forgotten password');
  await visitor.goto('/recover#token');
  await visitor.page.getByLabel(t.recovery.newPassword).fill('corta');
  await visitor.button(t.recovery.save).click();
  await clean(visitor, 'new password through a link');
  await visitor.goto('/nowhere');
  await visitor.sees(t.notFound.title);
  await clean(visitor, 'nothing at this address');

  const { ana, group } = await someoneWithHistory(locale);
  await ana.goto();
  await ana.sees(ana.page.getByRole('link', { name: /Huerto/ }));
  await clean(ana, 'list with unread');
  await ana.openConversationAt(group);
  await ana.sees(ana.message('line 4.'));
  await clean(ana, 'conversation');
  await ana.message('line 4.').hover();
  await clean(ana, 'conversation with the actions of a message');
  await ana.page.getByRole('textbox', { name: t.composer.label, exact: true }).fill(t.messages.edit);
  await ana.page.keyboard.press('Enter');
  await ana.shows([...lines(4), t.messages.edit]);
  await ana.page.keyboard.press('ArrowUp');
  await ana.sees(t.composer.editing);
  await clean(ana, 'conversation while a message is edited');
  await ana.page.keyboard.press('Escape');
  await ana.message(t.messages.edit).hover();
  await ana.message(t.messages.edit).getByRole('button', { name: t.messages.more }).click();
  await ana.sees(ana.page.getByRole('menu'));
  await clean(ana, 'menu of a message');
  await ana.page.getByRole('menuitem', { name: t.common.delete }).click();
  await ana.sees(t.messages.deleteTitle);
  await clean(ana, 'question before a deletion');
  await ana.dialog.getByRole('button', { name: t.common.delete }).click();
  await ana.sees(ana.button(t.messages.undo));
  await clean(ana, 'way back after a deletion');
  await ana.button(t.messages.undo).click();
  await ana.button(t.conversation.details).click();
  await ana.sees(ana.dialog.getByText('Bea Ruiz'));
  await clean(ana, 'details');
  await ana.page.keyboard.press('Escape');
  await ana.button(t.list.newConversation).click();
  await ana.sees(ana.dialog);
  await clean(ana, 'new conversation with a person');
  await ana.button(t.newConversation.groupTab).click();
  await ana.dialog.getByRole('textbox', { name: t.newConversation.groupMembers }).fill('ruiz');
  await ana.sees(ana.dialog.getByRole('button', { name: 'Bea Ruiz' }));
  await clean(ana, 'new group');
  await ana.page.keyboard.press('Escape');
  await ana.goto('/settings');
  await ana.sees(ana.page.getByRole('heading', { name: t.settings.title }));
  await clean(ana, 'settings');
  await ana.wire.logIn();
  await ana.goto('/settings/security');
  await ana.sees(ana.page.getByRole('region', { name: t.security.notices }));
  await ana.sees(t.security.thisDevice);
  await clean(ana, 'security');
  await ana.button(t.security.endOthers).click();
  await ana.sees(ana.dialog);
  await clean(ana, 'question before other sessions end');
});
