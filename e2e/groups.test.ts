import { describe, expect, it } from 'vitest';
import { lines, write } from './support/history.js';
import type { Person } from './support/person.js';
import { eventually } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();

/** Ana's group with Bea in it, made through the API. */
async function groupOf(ana: Person, members: Person[], name = 'Huerto'): Promise<string> {
  return (
    await ana.wire.group(
      name,
      members.map(({ wire }) => wire),
    )
  ).id;
}

const pathOf = (person: { page: Person['page'] }): string => new URL(person.page.url()).pathname;

describe('a group', () => {
  it('is made with a name and people, and appears at each of them', async () => {
    const ana = await stage.person('Ana');
    const bea = await stage.person('Bea Groba');
    const carla = await stage.person('Carla Groba');
    await ana.button('New conversation').click();
    await ana.button('A group').click();
    await ana.dialog.getByRole('textbox', { name: 'Name of the group' }).fill('Huerto de la azotea');
    for (const person of [bea, carla]) {
      await ana.dialog.getByRole('textbox', { name: 'Add people' }).fill('groba');
      await ana.dialog.getByRole('list', { name: 'People found' }).getByRole('button', { name: person.name }).click();
    }
    await eventually(() => ana.dialog.getByRole('list', { name: 'Chosen people' }).getByRole('listitem').count()).toBe(
      2,
    );
    await ana.button('Create group').click();
    await ana.sees(ana.page.getByRole('heading', { level: 1, name: 'Huerto de la azotea' }));
    await ana.sees('3 members');
    await ana.send('Bienvenidas');
    for (const person of [bea, carla]) {
      await person.openConversation('Huerto de la azotea');
      await person.shows(['Bienvenidas']);
    }
  });

  it('without a name is not made, and says why', async () => {
    const ana = await stage.person('Ana');
    await ana.button('New conversation').click();
    await ana.button('A group').click();
    await ana.button('Create group').click();
    await ana.sees(ana.dialog.getByText('Give the group a name.'));
  });

  it('takes people in: they see what was written before', async () => {
    const ana = await stage.account('Ana');
    const bea = await stage.person('Bea Groba');
    const id = await groupOf(ana, []);
    await ana.openConversationAt(id);
    await ana.send('before you came');
    await ana.button('Details').click();
    await ana.dialog.getByRole('button', { name: 'Add people' }).click();
    await ana.dialog.getByRole('textbox', { name: 'Add people' }).fill(bea.email);
    await ana.dialog.getByRole('list', { name: 'People found' }).getByRole('button').click();
    await ana.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await ana.sees(ana.dialog.getByRole('listitem').filter({ hasText: 'Bea Groba' }));
    await bea.openConversation('Huerto');
    await bea.shows(['before you came']);
    await bea.sees('Ana added you');
  });

  it('loses whom its creator removes: at once, and nothing written later reaches them', async () => {
    const ana = await stage.account('Ana');
    const bea = await stage.account('Bea');
    const id = await groupOf(ana, [bea]);
    await Promise.all([ana.openConversationAt(id), bea.openConversationAt(id)]);
    await ana.send('with Bea');
    await bea.shows(['with Bea']);
    await ana.button('Details').click();
    await ana.button('Actions for Bea').click();
    await ana.page.getByRole('menuitem', { name: 'Remove from the group' }).click();
    await ana.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await bea.losesSight(bea.row('Huerto'));
    await bea.losesSight(bea.composer);
    await ana.dialog.getByRole('button', { name: 'Close' }).click();
    await ana.send('without Bea');
    await ana.shows(['with Bea', 'without Bea']);
    await bea.page.reload();
    await bea.sees('This conversation does not exist, or you are not in it.');
    expect(await bea.page.getByText('without Bea').count()).toBe(0);
  });

  it('can be left, after a question, and is gone from the list', async () => {
    const ana = await stage.account('Ana');
    const bea = await stage.account('Bea');
    const id = await groupOf(ana, [bea]);
    await Promise.all([ana.openConversationAt(id), bea.openConversationAt(id)]);
    await bea.button('Details').click();
    await bea.button('Leave group').click();
    await bea.sees('Leave “Huerto”?');
    await bea.button('Leave').click();
    await bea.losesSight(bea.row('Huerto'));
    await eventually(() => pathOf(bea)).toBe('/');
    await ana.sees(ana.log.getByText('Bea left the group'));
    await ana.sees('1 member');
  });

  it('gets another name, seen by everybody without a reload', async () => {
    const ana = await stage.account('Ana');
    const bea = await stage.account('Bea');
    const id = await groupOf(ana, [bea]);
    await Promise.all([ana.openConversationAt(id), bea.openConversationAt(id)]);
    await ana.button('Details').click();
    await ana.dialog.getByRole('textbox', { name: 'Name of the group' }).fill('Huerto y jardín');
    await ana.button('Rename').click();
    await bea.sees(bea.page.getByRole('heading', { level: 1, name: 'Huerto y jardín' }));
    await bea.sees(bea.row('Huerto y jardín'));
    await bea.sees('Ana renamed the group to “Huerto y jardín”');
  });

  it('is managed by its creator: a member finds no way to rename, add or remove', async () => {
    const ana = await stage.account('Ana');
    const bea = await stage.account('Bea');
    const id = await groupOf(ana, [bea]);
    await bea.openConversationAt(id);
    await bea.button('Details').click();
    await bea.sees(bea.dialog.getByRole('button', { name: 'Leave group' }));
    await bea.sees(bea.dialog.getByRole('listitem').filter({ hasText: 'Ana' }));
    for (const name of ['Rename', 'Add people', 'Actions for Ana'])
      expect(await bea.dialog.getByRole('button', { name }).count(), name).toBe(0);
  });
});

describe('an address', () => {
  it('of a message opens the conversation there and lights the message up', async () => {
    const ana = await stage.account('Ana');
    const bea = await stage.account('Bea');
    const { id } = await ana.wire.direct(bea.wire);
    await write(ana, id, lines(130));
    await bea.openConversationAt(id, 20);
    await bea.sees(bea.message('line 20.'));
    await eventually(() => bea.message('line 20.').getAttribute('class')).toContain('flash');
    await eventually(() => bea.message('line 20.').getAttribute('class')).not.toContain('flash');
    const box = await bea.message('line 20.').boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(900);
    await bea.button('Jump to latest').click();
    await bea.sees(bea.message('line 130.'));
  });

  it('of a foreign conversation says the same as one that does not exist', async () => {
    const [ana, bea, eve] = [await stage.account('Ana'), await stage.account('Bea'), await stage.account('Eve')];
    const { id } = await ana.wire.direct(bea.wire);
    const words: string[] = [];
    for (const address of [`/c/${id}`, '/c/AAAAAAAAAAAAAAAA']) {
      await eve.goto(address);
      await eve.sees('Nothing to see here');
      words.push(await eve.page.getByRole('main').innerText());
    }
    expect(words[0]).toBe(words[1]);
  });

  it('is kept by a reload, and Back goes to the conversation before', async () => {
    const ana = await stage.person('Ana');
    await ana.wire.direct((await stage.account('Bea')).wire);
    await ana.wire.direct(ana.wire);
    await ana.openConversation('Bea');
    const first = pathOf(ana);
    await ana.openConversation('Notes');
    const second = pathOf(ana);
    expect(second).not.toBe(first);
    await ana.page.reload();
    await ana.sees(ana.page.getByRole('heading', { level: 1, name: 'Notes' }));
    await ana.page.goBack();
    await ana.sees(ana.page.getByRole('heading', { level: 1, name: 'Bea' }));
    expect(pathOf(ana)).toBe(first);
    await ana.page.goForward();
    await ana.sees(ana.page.getByRole('heading', { level: 1, name: 'Notes' }));
  });

  it('of nothing is a page that leads home', async () => {
    const ana = await stage.person('Ana');
    await ana.goto('/nowhere/at/all');
    await ana.sees('Nothing at this address');
    await ana.page.getByRole('link', { name: 'To your conversations' }).click();
    await ana.sees('No conversations yet');
  });
});

it('notes to oneself are a conversation like any other', async () => {
  const ana = await stage.person('Ana');
  await ana.button('Start a conversation').click();
  await ana.button('Notes to yourself').click();
  await ana.sees(ana.page.getByRole('heading', { level: 1, name: 'Notes' }));
  await ana.send('buy basil');
  await ana.shows(['buy basil']);
  await ana.sees(ana.row('Notes').filter({ hasText: 'buy basil' }));
});
