import { describe, expect, it } from 'vitest';
import { changing, openTab, pass, refusal, states, stored, useOutboxes, wordsOf, world } from '../../test/outboxes.js';
import type { Entry } from './entry.js';
import type { Outbox } from './outbox.js';

useOutboxes();

const mine = { id: 'mine', seq: 7, ver: 20 };
const offline = () => Promise.reject(refusal('offline'));

describe('one lane for all commands', () => {
  it('keeps the order in which they were asked for, also over a restart', async () => {
    world.online = false;
    const before = await openTab();
    await before.send('talk', 'one');
    await before.edit('talk', mine, 'edited');
    await before.send('talk', 'two');
    await before.remove('talk', { id: 'other', seq: 8, ver: 8 });
    before.close();
    world.online = true;
    await openTab();
    await pass();
    expect(world.delivered).toEqual(['one', '7=edited over 20', 'two', '8 deleted']);
    expect(await stored()).toEqual([]);
  });

  it('tries nothing while the server is out of reach, and everything in order when it is back', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.send('talk', 'one');
    await tab.send('talk', 'two');
    await pass(60_000);
    expect(world.delivered).toEqual([]);
    expect((await stored()).map(({ attempted }) => attempted)).toEqual([undefined, undefined]);
    world.online = true;
    tab.flush();
    await pass();
    expect(world.delivered).toEqual(['one', 'two']);
  });

  it('a command is written down as attempted before the server can know of it', async () => {
    const seen: unknown[] = [];
    world.deliver = async () => void seen.push(...(await stored()).map(({ attempted }) => attempted));
    const tab = await openTab();
    await tab.send('talk', 'one');
    await pass();
    await tab.edit('talk', mine, 'edited');
    await pass();
    expect(seen).toEqual([true, true]);
  });
});

describe('an edit', () => {
  it('shows at once, and until the log has it', async () => {
    const tab = await openTab();
    world.deliver = () => new Promise((resolve) => setTimeout(resolve, 50));
    await tab.edit('talk', mine, '  better ');
    expect(changing(tab)).toEqual(['7: better queued']);
    await pass();
    expect(changing(tab)).toEqual(['7: better sending']);
    await pass(50);
    expect(changing(tab)).toEqual(['7: better sending']);
    expect(tab.count).toBe(0);
    tab.reached('talk', world.ver);
    expect(changing(tab)).toEqual([]);
  });

  it('is gone at once when the log was faster than the answer', async () => {
    const tab = await openTab();
    world.followed = 99;
    await tab.edit('talk', mine, 'better');
    await pass();
    expect(changing(tab)).toEqual([]);
  });

  it('of a message that was never tried replaces its words; nobody hears of the first', async () => {
    world.online = false;
    const tab = await openTab();
    const id = await tab.send('talk', 'helo');
    await tab.editPending(id, 'hello');
    expect(states(tab)).toEqual(['hello queued']);
    world.online = true;
    tab.flush();
    await pass();
    expect(world.delivered).toEqual(['hello']);
  });

  it('of a message under way waits for its place, and is shown in it meanwhile', async () => {
    let answer = () => {};
    world.deliver = (entry) =>
      entry.kind === 'send' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve();
    const tab = await openTab();
    const id = await tab.send('talk', 'helo');
    await pass();
    await tab.editPending(id, 'hello');
    expect(states(tab)).toEqual(['hello sending']);
    await tab.editPending(id, 'hello!');
    expect(states(tab)).toEqual(['hello! sending']);
    expect(world.delivered).toEqual([]);
    answer();
    await pass();
    expect(world.delivered).toEqual(['helo', '1=hello! over 1']);
  });

  it('of a message whose answer got lost takes its place from the log, after a restart too', async () => {
    world.deliver = offline;
    const before = await openTab();
    const id = await before.send('talk', 'helo');
    await pass();
    await before.editPending(id, 'hello');
    before.close();
    const after = await openTab();
    await pass();
    expect(states(after)).toEqual(['hello queued']);
    world.deliver = () => Promise.resolve();
    after.settle({ id, seq: 5, ver: 6 });
    await pass(60_000);
    expect(world.delivered).toEqual(['5=hello over 6']);
    expect(await stored()).toEqual([]);
  });

  it('of my own edit under way goes over what that one makes', async () => {
    let answer = () => {};
    world.ver = 20;
    world.deliver = (entry) =>
      wordsOf(entry).startsWith('7=a') ? new Promise((resolve) => (answer = resolve)) : Promise.resolve();
    const tab = await openTab();
    await tab.edit('talk', mine, 'a');
    await pass();
    await tab.edit('talk', mine, 'b');
    await tab.edit('talk', mine, 'c');
    answer();
    await pass();
    expect(world.delivered).toEqual(['7=a over 20', '7=c over 21']);
  });

  it('does not go over what another device made, though that is seen here before it is sent', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.edit('talk', mine, 'mine');
    tab.settle({ id: 'mine', seq: 7, ver: 25 });
    world.online = true;
    tab.flush();
    await pass();
    expect(world.delivered).toEqual(['7=mine over 20']);
  });

  it('that came too late keeps its words, and goes over the newer ones only when asked to', async () => {
    world.deliver = () => Promise.reject(refusal('stale', { ver: 30 }));
    const tab = await openTab();
    const id = await tab.edit('talk', mine, 'mine');
    await pass();
    expect(changing(tab)).toEqual(['7: mine failed stale']);
    const later = await openTab();
    expect(changing(later)).toEqual(['7: mine failed stale']);
    later.close();
    world.deliver = () => Promise.resolve();
    await tab.retry(id);
    await pass();
    expect(world.delivered).toEqual(['7=mine over 30']);
  });

  it('that failed gives way to the next, and can be dropped', async () => {
    world.deliver = () => Promise.reject(refusal('stale', { ver: 30 }));
    const tab = await openTab();
    await tab.edit('talk', mine, 'first');
    await pass();
    const second = await tab.edit('talk', { ...mine, ver: 30 }, 'second');
    await pass();
    expect(changing(tab)).toEqual(['7: second failed stale']);
    await tab.discard(second);
    expect(changing(tab)).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  it('behind a message that is refused goes into it: the person sees one message with the last words', async () => {
    let refuse = (_: unknown) => {};
    world.deliver = () => new Promise((_, reject) => (refuse = reject));
    const tab = await openTab();
    const id = await tab.send('talk', 'helo');
    await pass();
    await tab.editPending(id, 'hello');
    refuse(refusal('conversation_not_found'));
    await pass();
    expect(states(tab)).toEqual(['hello failed conversation_not_found']);
    expect(await stored()).toHaveLength(1);
  });

  it('is refused at once when it is empty, or of what is not pending', async () => {
    const tab = await openTab();
    await expect(tab.edit('talk', mine, ' ')).rejects.toMatchObject({ code: 'message_empty' });
    await expect(tab.editPending('nowhere', 'x')).rejects.toMatchObject({ code: 'message_not_found' });
    expect(await stored()).toEqual([]);
  });
});

describe('a deletion', () => {
  it('takes the place of edits that were not tried, and is asked for once', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.edit('talk', mine, 'edited');
    await tab.remove('talk', mine);
    await tab.remove('talk', mine);
    expect(changing(tab)).toEqual(['7: deleted queued']);
    world.online = true;
    tab.flush();
    await pass();
    expect(world.delivered).toEqual(['7 deleted']);
  });

  it('that is refused says so, and can be tried again', async () => {
    world.deliver = () => Promise.reject(refusal('not_allowed'));
    const tab = await openTab();
    await tab.remove('talk', mine);
    await pass();
    expect(changing(tab)).toEqual(['7: deleted failed not_allowed']);
    world.deliver = () => Promise.resolve();
    await tab.retry(tab.changingOf('talk')[0]!.id);
    await pass();
    expect(world.delivered).toEqual(['7 deleted']);
  });
});

describe('taking back a message', () => {
  it('that was never tried leaves no trace', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.discard(await tab.send('talk', 'never mind'));
    world.online = true;
    tab.flush();
    await pass();
    expect(world.delivered).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  it('that the server may know of is a command: it survives a restart and goes out in the place of the message', async () => {
    world.deliver = offline;
    const before = await openTab();
    const id = await before.send('talk', 'oops');
    await before.send('talk', 'next');
    await pass();
    await before.discard(id);
    expect(states(before)).toEqual(['next queued']);
    expect(before.count).toBe(2);
    before.close();
    world.deliver = () => Promise.resolve();
    const after = await openTab();
    expect(states(after)).toEqual(['next queued']);
    await pass();
    expect(world.delivered).toEqual(['cancelled', 'next']);
    expect(await stored()).toEqual([]);
  });

  it('while it is being sent follows the send', async () => {
    let answer = () => {};
    world.deliver = (entry) =>
      entry.kind === 'send' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve();
    const tab = await openTab();
    const id = await tab.send('talk', 'oops');
    await pass();
    await tab.editPending(id, 'oops!');
    await tab.discard(id);
    expect(states(tab)).toEqual([]);
    answer();
    await pass();
    expect(world.delivered).toEqual(['oops', 'cancelled']);
    expect(await stored()).toEqual([]);
  });

  it('shows it as being deleted when it turns up in the log before', async () => {
    world.deliver = offline;
    const tab = await openTab();
    const id = await tab.send('talk', 'oops');
    await pass();
    await tab.discard(id);
    tab.settle({ id, seq: 9, ver: 9 });
    expect(changing(tab)).toEqual(['9: deleted queued']);
  });

  it('is over when it may not be cancelled: then it cannot be sent either', async () => {
    world.deliver = offline;
    const tab = await openTab();
    const id = await tab.send('talk', 'oops');
    await pass();
    world.deliver = () => Promise.reject(refusal('conversation_not_found'));
    await tab.discard(id);
    tab.flush();
    await pass();
    expect([tab.count, await stored()]).toEqual([0, []]);
  });
});

describe('an older copy of the database', () => {
  const send = async (...bodies: string[]) => {
    const tab = await openTab();
    for (const body of bodies) await tab.send('talk', body);
    await pass();
    world.delivered.length = 0;
    return tab;
  };

  const again = async (tab: Outbox) => {
    tab.beginAnew();
    await pass();
  };

  it('is offered again what was acknowledged, under the same ids and in order, before what is new', async () => {
    const before = await send('one', 'two');
    const ids = (await stored('acknowledged')).map(({ id }) => id);
    before.close();
    world.online = false;
    const tab = await openTab();
    await tab.send('talk', 'three');
    await again(tab);
    expect(states(tab)).toEqual(['three queued']);
    world.epoch = 'two';
    const seen: string[] = [];
    world.deliver = (entry: Entry) => (seen.push(entry.id), Promise.resolve());
    world.online = true;
    tab.flush();
    await pass();
    expect(world.delivered).toEqual(['one', 'two', 'three']);
    expect(seen.slice(0, 2)).toEqual(ids);
    tab.epochKnown('two');
    await pass();
    expect(tab.count).toBe(0);
  });

  it('that knows the epoch of the older copy only is offered what another one acknowledged', async () => {
    const tab = await send('one');
    tab.epochKnown('one');
    await pass();
    expect(world.delivered).toEqual([]);
    world.epoch = 'two';
    tab.epochKnown('two');
    await pass();
    expect(world.delivered).toEqual(['one']);
    tab.epochKnown('two');
    await pass();
    expect(world.delivered).toEqual(['one']);
  });

  it('gets the last words of what was edited, and nothing of what was deleted', async () => {
    const tab = await send('one', 'two', 'three');
    const [one, two] = await stored('acknowledged');
    tab.messageChanged(one!.id, 'one, edited');
    tab.messageChanged(two!.id, null);
    await pass();
    await again(tab);
    await pass();
    expect(world.delivered).toEqual(['one, edited', 'three']);
  });

  it('gets nothing back that was taken back while it was being sent', async () => {
    let answer = () => {};
    world.deliver = (entry) =>
      entry.kind === 'send' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve();
    const tab = await openTab();
    const id = await tab.send('talk', 'oops');
    await pass();
    await tab.discard(id);
    answer();
    await pass();
    expect(await stored('acknowledged')).toEqual([]);
  });

  it('gets the words that another tab edited, and nothing that it deleted', async () => {
    const [one, two] = [await openTab(), await openTab()];
    for (const body of ['one', 'two']) await one.send('talk', body);
    await pass();
    const [first, second] = await stored('acknowledged');
    two.messageChanged(first!.id, 'one, edited');
    two.messageChanged(second!.id, null);
    await pass();
    expect(await stored('acknowledged')).toEqual([expect.objectContaining({ body: 'one, edited' })]);
  });

  it('is offered nothing that is older than a day, nor more than a thousand', async () => {
    const tab = await send('old');
    await pass(25 * 3_600_000);
    for (let index = 0; index < 1_100; index += 1) await tab.send(`talk ${index % 10}`, `${index}`);
    await pass();
    world.online = false;
    await again(tab);
    expect(tab.count).toBe(1_000);
    expect(states(tab)).toEqual([]);
  });

  it('what it refuses for good is shown to the person', async () => {
    const tab = await send('one');
    world.deliver = () => Promise.reject(refusal('conversation_not_found'));
    await again(tab);
    await pass();
    expect(states(tab)).toEqual(['one failed conversation_not_found']);
  });

  it('changes wait until their message is found again by its id: a number may mean another one now', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.edit('talk', mine, 'edited');
    await again(tab);
    world.online = true;
    tab.flush();
    await pass(60_000);
    expect([world.delivered, changing(tab), tab.count]).toEqual([[], [], 1]);
    tab.settle({ id: 'mine', seq: 3, ver: 4 });
    await pass();
    expect(world.delivered).toEqual(['3=edited over 4']);
  });

  it('an edit asks where its message stands now: it may be on no page that is ever loaded', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.edit('talk', mine, 'edited');
    world.places.set('mine', { seq: 9, ver: 12 });
    await again(tab);
    expect(changing(tab)).toEqual(['9: edited queued']);
    world.online = true;
    tab.flush();
    await pass();
    expect([world.delivered, tab.count]).toEqual([['9=edited over 12'], 0]);
  });

  it('asks again while the server cannot be asked, and takes no answer of the database before', async () => {
    world.online = false;
    const answers: ((place: { seq: number; ver: number } | null) => void)[] = [];
    const find = () =>
      new Promise<{ seq: number; ver: number }>((resolve, reject) =>
        answers.push((place) => (place === null ? reject(refusal('offline')) : resolve(place))),
      );
    const tab = await openTab({ find });
    await tab.edit('talk', mine, 'edited');
    await again(tab);
    answers[0]!(null);
    await pass(1_000);
    expect(answers).toHaveLength(2);
    await again(tab);
    answers[1]!({ seq: 5, ver: 5 });
    await pass();
    expect(changing(tab)).toEqual([]);
    answers[2]!({ seq: 6, ver: 6 });
    await pass();
    expect(changing(tab)).toEqual(['6: edited queued']);
  });

  it('an edit of what nobody offers again within a day is given up', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.edit('talk', mine, 'edited');
    await again(tab);
    await pass(25 * 3_600_000);
    expect(tab.count).toBe(1);
    tab.flush();
    await pass();
    expect([tab.count, await stored()]).toEqual([0, []]);
  });

  it('what was acknowledged a moment before and is offered again waits as long as it takes', async () => {
    const tab = await send('one');
    world.online = false;
    await again(tab);
    await pass(60_000);
    expect(tab.count).toBe(1);
  });

  it('a deletion goes out with the id of its message, which may be nowhere', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.remove('talk', mine);
    await again(tab);
    world.online = true;
    tab.flush();
    await pass();
    expect([world.delivered, tab.count, await stored()]).toEqual([['cancelled'], 0, []]);
  });

  it('an edit that looks for its message is given up where one is no more', async () => {
    world.online = false;
    const tab = await openTab();
    await tab.edit('talk', mine, 'edited');
    tab.gone('talk');
    expect(tab.count).toBe(1);
    await again(tab);
    tab.gone('another');
    expect(tab.count).toBe(1);
    tab.gone('talk');
    await pass();
    expect([tab.count, await stored()]).toEqual([0, []]);
  });

  it('a change that was on its way loses its number too', async () => {
    let fail = () => {};
    world.deliver = () => new Promise((_, reject) => (fail = () => reject(refusal('offline'))));
    const tab = await openTab();
    await tab.edit('talk', mine, 'edited');
    await pass();
    await again(tab);
    world.deliver = () => Promise.resolve();
    fail();
    await pass(60_000);
    expect([world.delivered, tab.count]).toEqual([[], 1]);
    tab.settle({ id: 'mine', seq: 3, ver: 4 });
    await pass();
    expect(world.delivered).toEqual(['3=edited over 4']);
  });
});

describe('two tabs and the commands', () => {
  it('show the same, and what waits in one goes on when the other has sent what it waits for', async () => {
    let answer = () => {};
    world.deliver = (entry) =>
      entry.kind === 'send' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve();
    const [one, two] = [await openTab(), await openTab()];
    const id = await one.send('talk', 'helo');
    await pass();
    await two.editPending(id, 'hello');
    await pass();
    expect([states(one), states(two)]).toEqual([['hello sending'], ['hello sending']]);
    answer();
    await pass();
    expect(world.delivered.slice(0, 1)).toEqual(['helo']);
    expect([...new Set(world.delivered)]).toEqual(['helo', '1=hello over 1']);
    await pass(5_000);
    expect([one.count, two.count, await stored()]).toEqual([0, 0, []]);
  });

  it('a message taken back in one is not sent by the other', async () => {
    world.deliver = offline;
    const [one, two] = [await openTab(), await openTab()];
    const id = await one.send('talk', 'oops');
    await pass();
    await two.discard(id);
    await pass();
    expect([states(one), states(two)]).toEqual([[], []]);
    world.deliver = () => Promise.resolve();
    one.flush();
    await pass(60_000);
    expect([...new Set(world.delivered)]).toEqual(['cancelled']);
    expect(await stored()).toEqual([]);
  });
});
