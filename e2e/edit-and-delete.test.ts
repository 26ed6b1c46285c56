import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { lines, write } from './support/history.js';
import { cuttable, type Wire } from './support/network.js';
import type { Person } from './support/person.js';
import { NO_NETWORK } from './support/problems.js';
import { eventually } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();

beforeEach(() => stage.problems.tolerate(NO_NETWORK));

/** Ana has written these words, and Bea sees them. */
async function wrote(...texts: string[]): Promise<{ ana: Person; bea: Person; id: string }> {
  const pair = await stage.pair();
  await pair.ana.send(...texts);
  await pair.bea.shows(texts);
  await pair.ana.shows(texts);
  return pair;
}

/** The same, and Ana's network can be cut. */
async function wroteOnAWire(...texts: string[]): Promise<{ ana: Person; bea: Person; wire: Wire }> {
  const { ana, bea } = await wrote(...texts);
  const wire = await cuttable(ana.context);
  await ana.page.reload();
  await ana.shows(texts);
  await ana.message(texts[0] ?? '').hover();
  return { ana, bea, wire };
}

async function beginEdit(person: Person, text: string): Promise<void> {
  await person.message(text).hover();
  await person.message(text).getByRole('button', { name: 'Edit' }).click();
  await person.sees(person.editor);
}

async function edit(person: Person, text: string, words: string): Promise<void> {
  await beginEdit(person, text);
  await person.editor.fill(words);
  await person.page.keyboard.press('Enter');
}

describe('an edit', () => {
  it('is seen live by the other, with a mark that tells when', async () => {
    const { ana, bea } = await wrote('helo', 'second');
    await beginEdit(ana, 'helo');
    await ana.sees('Editing');
    expect(await ana.editor.inputValue()).toBe('helo');
    await ana.editor.fill('hello');
    await ana.page.keyboard.press('Enter');
    for (const person of [bea, ana]) {
      await person.shows(['hello', 'second']);
      await person.sees(person.message('hello').getByText('(edited)'));
      expect(await person.message('hello').getByText('(edited)').getAttribute('title')).toMatch(/^Edited .*\d\d:\d\d/);
      expect(await person.message('hello').getAttribute('aria-label')).toMatch(/, edited$/);
    }
    await eventually(() => ana.focused()).toBe('Message');
    await bea.page.reload();
    await bea.shows(['hello', 'second']);
  });

  it('changes the preview in the list, and nothing becomes unread by it', async () => {
    const { ana, bea } = await wrote('helo');
    await eventually(() => bea.page.title()).toBe('Tertulia');
    await edit(ana, 'helo', 'hello');
    await bea.sees(bea.row('Ana').getByText('hello'));
    expect(await bea.page.title()).toBe('Tertulia');
  });

  it('keeps the draft of the next message, and Esc leaves everything as it was', async () => {
    const { ana, bea } = await wrote('as it was');
    await ana.composer.fill('half a sent');
    await beginEdit(ana, 'as it was');
    await ana.editor.fill('something else');
    await ana.page.keyboard.press('Escape');
    await eventually(() => ana.composer.inputValue()).toBe('half a sent');
    await ana.shows(['as it was']);
    await ana.composer.fill('half a sentence');
    await ana.page.keyboard.press('Enter');
    await bea.shows(['as it was', 'half a sentence']);
  });

  it('made without a network shows at once that it waits, outlives a reload, and arrives', async () => {
    const { ana, bea, wire } = await wroteOnAWire('helo');
    await wire.cut();
    await edit(ana, 'helo', 'hello');
    await eventually(() => ana.pending()).toEqual(['hello']);
    expect(await bea.messages()).toEqual(['helo']);
    await ana.page.reload();
    await eventually(() => ana.pending()).toEqual(['hello']);
    await wire.restore();
    await bea.shows(['hello']);
    await ana.shows(['hello']);
  });

  it('over what another device wrote meanwhile is refused with its words kept: again, or not at all', async () => {
    const { ana, bea, id } = await wrote('first');
    for (const answer of ['Retry', 'Discard'] as const) {
      const before = (await ana.messages())[0] ?? '';
      await beginEdit(ana, before);
      await ana.editor.fill(`from the desk: ${answer}`);
      await elsewhere(ana, id, `from the phone: ${answer}`);
      await ana.sees(ana.message(`from the phone: ${answer}`));
      await ana.page.keyboard.press('Enter');
      await ana.sees('Edit not saved. The message was changed meanwhile.');
      await ana.sees(ana.log.getByText(`from the desk: ${answer}`));
      expect(await bea.messages()).toEqual([`from the phone: ${answer}`]);
      await ana.button(answer).click();
      await bea.shows([answer === 'Retry' ? 'from the desk: Retry' : 'from the phone: Discard']);
      await ana.losesSight('Edit not saved.');
    }
  });

  it('that takes all words away asks whether to delete', async () => {
    const { ana, bea } = await wrote('nothing of this');
    await edit(ana, 'nothing of this', '');
    await ana.sees('Delete this message?');
    await ana.dialog.getByRole('button', { name: 'Cancel' }).click();
    await bea.shows(['nothing of this']);
  });

  it('is not offered for the words of others', async () => {
    const { bea } = await wrote('hers');
    await bea.message('hers').hover();
    expect(await bea.message('hers').getByRole('button', { name: 'Edit' }).count()).toBe(0);
    await bea.message('hers').getByRole('button', { name: 'More actions' }).click();
    await bea.sees(bea.page.getByRole('menuitem', { name: 'Copy text' }));
    for (const name of ['Edit', 'Delete']) expect(await bea.page.getByRole('menuitem', { name }).count()).toBe(0);
  });
});

describe('a deletion', () => {
  it('asks, leaves time to take it back, and then is seen by the other', async () => {
    const { ana, bea } = await wrote('stays', 'goes');
    await ana.choose('goes', 'Delete');
    await ana.sees(ana.dialog.getByText('It disappears for everybody in this conversation.'));
    await ana.dialog.getByRole('button', { name: 'Cancel' }).click();
    await ana.remove('goes');
    await ana.shows(['stays']);
    await ana.button('Undo').click();
    await ana.shows(['stays', 'goes']);
    // What is still waiting when a page goes is done then.
    await ana.page.reload();
    await ana.send('after');
    await bea.shows(['stays', 'goes', 'after']);
    await ana.remove('goes');
    await ana.shows(['stays', 'after']);
    await bea.shows(['stays', 'after']);
    await ana.losesSight('Undo');
    await bea.page.reload();
    await bea.shows(['stays', 'after']);
  });

  it('is done when the page goes away before the time is over', async () => {
    const { ana, bea } = await wrote('stays', 'goes');
    await ana.remove('goes');
    await ana.shows(['stays']);
    await ana.page.reload();
    await bea.shows(['stays']);
    await ana.shows(['stays']);
  });

  it('of the last words shows the ones before in the list', async () => {
    const { ana, bea } = await wrote('one', 'two');
    await ana.remove('two');
    await bea.sees(bea.row('Ana').getByText('one'));
    await ana.sees(ana.row('Bea').getByText('You: one'));
  });

  it('of what was never sent leaves nothing to send', async () => {
    const { ana, bea, wire } = await wroteOnAWire('before');
    await wire.cut();
    await ana.sees("You're offline");
    await ana.send('never mind');
    await eventually(() => ana.pending()).toEqual(['never mind']);
    await ana.remove('never mind');
    await ana.shows(['before']);
    await wire.restore();
    await ana.send('this instead');
    await bea.shows(['before', 'this instead']);
    await ana.shows(['before', 'this instead']);
  });

  it('made without a network is done when it is back', async () => {
    const { ana, bea, wire } = await wroteOnAWire('stays', 'goes');
    await wire.cut();
    await ana.remove('goes');
    await ana.shows(['stays']);
    await ana.losesSight('Undo');
    expect(await bea.messages()).toEqual(['stays', 'goes']);
    await wire.restore();
    await bea.shows(['stays']);
  });
});

it('by keyboard alone one edits one message and deletes another', async () => {
  const { ana, bea } = await wrote('one', 'two', 'tree');
  const { keyboard } = ana.page;
  await ana.composer.focus();
  await keyboard.press('ArrowUp');
  await eventually(() => ana.focused()).toBe('Edit message');
  await keyboard.press('Escape');
  await eventually(() => ana.focused()).toBe('Message');
  await keyboard.press('ArrowUp');
  await eventually(() => ana.editor.inputValue()).toBe('tree');
  await keyboard.press('Control+a');
  await keyboard.type('three');
  await keyboard.press('Enter');
  await bea.shows(['one', 'two', 'three']);
  await eventually(() => ana.focused()).toBe('Message');
  await ana.shows(['one', 'two', 'three']);
  for (const key of ['Shift+Tab', 'ArrowUp']) await keyboard.press(key);
  await eventually(() => ana.focused()).toContain('two');
  await keyboard.press('ArrowRight');
  await eventually(() => ana.focused()).toBe('Edit');
  await keyboard.press('ArrowLeft');
  await eventually(() => ana.focused()).toBe('More actions');
  await keyboard.press('Enter');
  await eventually(() => ana.focused()).toBe('Edit');
  await keyboard.press('End');
  await eventually(() => ana.focused()).toBe('Delete');
  await keyboard.press('Enter');
  await eventually(() => ana.focused()).toBe('Cancel');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await eventually(() => ana.focused()).toContain('three');
  await bea.shows(['one', 'three']);
});

describe('marking as unread', () => {
  it('begins at the message, stays while one looks on, and is over when one comes again', async () => {
    const { ana, bea, id } = await stage.pair();
    await write(ana, id, lines(4));
    await bea.shows(lines(4));
    await eventually(() => bea.page.title()).toBe('Tertulia');
    await bea.choose('line 3.', 'Mark as unread from here');
    await bea.sees(bea.row('Ana').getByText('2 unread messages'));
    await eventually(() => bea.page.title()).toBe('(2) Tertulia');
    const after = await bea.log
      .locator('article, [data-divider]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-divider') ?? row.textContent));
    expect(after.findIndex((each) => each === 'new')).toBe(2);
    const other = await bea.tab();
    await other.sees(other.row('Ana').getByText('2 unread messages'));
    await bea.page.bringToFront();
    expect(await bea.page.title()).toBe('(2) Tertulia');
    await bea.page.reload();
    await eventually(() => bea.page.title()).toBe('Tertulia');
  });
});

/** The last message of mine gets other words on another device. */
async function elsewhere(person: Person, conversation: string, body: string): Promise<void> {
  const { messages } = await person.wire.ok<{ messages: { seq: number; ver: number }[] }>(
    'GET',
    `/api/conversations/${conversation}/messages`,
  );
  const { seq, ver: base } = messages.at(-1) ?? { seq: 0, ver: 0 };
  await person.wire.ok('POST', `/api/conversations/${conversation}/edit-message`, { op: uuidv7(), seq, base, body });
}
