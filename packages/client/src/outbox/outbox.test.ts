import { describe, expect, it, vi } from 'vitest';
import { openTab, pass, refusal, states, stored, useOutboxes, wordsOf, world } from '../../test/outboxes.js';
import { leaseLock } from './lease.js';
import type { Outbox } from './outbox.js';

useOutboxes();

describe('the outbox', () => {
  it('stores a message before it shows it', async () => {
    let stored: unknown[] = [];
    const tab: Outbox = await openTab({
      changed: () => void world.disk.list('outbox', 'u|').then((all) => (stored = all)),
    });
    await tab.send('talk', 'safe');
    await pass();
    expect(stored).toEqual([expect.objectContaining({ body: 'safe', state: 'queued' })]);
  });

  it('keeps the order of a conversation, one in flight, while others go on beside it', async () => {
    let release = () => {};
    world.deliver = (entry) =>
      wordsOf(entry) === 'a1' ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
    const tab = await openTab();
    for (const [talk, body] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
    ] as const)
      await tab.send(talk, body);
    await pass();
    expect(world.delivered).toEqual(['b1']);
    expect(states(tab, 'a')).toEqual(['a1 sending', 'a2 queued']);
    release();
    await pass();
    expect(world.delivered).toEqual(['b1', 'a1', 'a2']);
  });

  it('waits in bad weather without limit, longer each time, then sends under the same id', async () => {
    const ids = new Set<string>();
    let failures = 12;
    world.deliver = ({ id }) => (
      ids.add(id),
      failures-- > 0 ? Promise.reject(refusal(failures % 2 ? 'offline' : 'outcome_unknown')) : Promise.resolve()
    );
    const tab = await openTab();
    await tab.send('talk', 'patient');
    await pass(5 * 60_000);
    expect(world.delivered).toEqual(['patient']);
    expect(ids.size).toBe(1);
  });

  it('waits as long as the server asks, but not when the connection is back', async () => {
    world.deliver = vi.fn(() => Promise.reject(refusal('busy', { after: 60 })));
    const tab = await openTab({ random: () => 0 });
    await tab.send('talk', 'later');
    await pass(59_000);
    expect(world.deliver).toHaveBeenCalledTimes(1);
    await pass(2_000);
    expect(world.deliver).toHaveBeenCalledTimes(2);
    tab.flush();
    await pass();
    expect(world.deliver).toHaveBeenCalledTimes(3);
  });

  it('a refused message stays with its text and its reason, the following go on', async () => {
    world.deliver = (entry) =>
      wordsOf(entry) === 'bad' ? Promise.reject(refusal('conversation_not_found')) : Promise.resolve();
    const tab = await openTab();
    await tab.send('talk', 'bad');
    await tab.send('talk', 'good');
    await pass();
    expect(world.delivered).toEqual(['good']);
    expect(states(tab)).toContain('bad failed conversation_not_found');
    const restarted = await openTab();
    expect(states(restarted)).toEqual(['bad failed conversation_not_found']);
  });

  it('a refused message is sent again when asked to, under the same id, and forgotten when asked to', async () => {
    world.deliver = () => Promise.reject(refusal('not_allowed'));
    const tab = await openTab();
    const [one, two] = [await tab.send('talk', 'one'), await tab.send('talk', 'two')];
    await pass();
    const ids: string[] = [];
    world.deliver = (entry) => (ids.push(entry.kind === 'send' ? entry.id : ''), Promise.resolve());
    await tab.retry(one);
    await pass();
    world.deliver = () => Promise.reject(refusal('conversation_not_found'));
    await tab.discard(two);
    await pass();
    expect(world.delivered).toEqual(['one']);
    expect(ids).toEqual([one]);
    expect(await stored()).toEqual([]);
  });

  it('everything pending is there after a restart and goes out in order, even with a clock set back', async () => {
    world.deliver = () => Promise.reject(refusal('offline'));
    const before = await openTab();
    for (const body of ['1', '2']) await before.send('talk', body);
    before.close();
    vi.setSystemTime(Date.now() - 86_400_000);
    const after = await openTab();
    await after.send('talk', '3');
    expect(states(after).map((state) => state[0])).toEqual(['1', '2', '3']);
    world.deliver = () => Promise.resolve();
    after.flush();
    await pass();
    expect(world.delivered).toEqual(['1', '2', '3']);
  });

  it('an acknowledged message stays visible until its place is known, or for a few seconds', async () => {
    const tab = await openTab();
    const id = await tab.send('talk', 'placed');
    await tab.send('talk', 'elsewhere');
    await pass();
    expect(states(tab)).toEqual(['placed sending', 'elsewhere sending']);
    expect(tab.count).toBe(0);
    tab.settle({ id, ...world.places.get(id)! });
    expect(states(tab)).toEqual(['elsewhere sending']);
    await pass(5_000);
    expect(states(tab)).toEqual([]);
  });

  it('a message seen in the log is not sent again, whatever became of the answer', async () => {
    world.deliver = () => Promise.reject(refusal('offline'));
    const tab = await openTab();
    const id = await tab.send('talk', 'arrived');
    await pass();
    tab.settle({ id, seq: 1, ver: 1 });
    world.deliver = () => Promise.resolve();
    await pass(60_000);
    expect(world.delivered).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  it('goes on in memory when the storage refuses: the text is sent', async () => {
    Object.assign(world.disk, { write: () => Promise.reject(new Error('disk full')) });
    const tab = await openTab();
    await tab.send('talk', 'not lost');
    await pass();
    expect(world.delivered).toEqual(['not lost']);
  });

  it('does not lose what is pending when the browser empties the storage', async () => {
    world.deliver = () => Promise.reject(refusal('offline'));
    const tab = await openTab();
    await tab.send('talk', 'last copy');
    await pass();
    await world.disk.write([{ store: 'outbox', prefix: '' }]);
    world.deliver = () => Promise.resolve();
    tab.flush();
    await pass();
    expect(world.delivered).toEqual(['last copy']);
  });
});

describe('two tabs', () => {
  it('show the same queue, and only one sends at a time', async () => {
    let [inside, most] = [0, 0];
    world.deliver = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise((resolve) => setTimeout(resolve, 50));
      inside -= 1;
    };
    const [one, two] = await Promise.all([
      openTab({ withLock: leaseLock(world.disk, Date.now) }),
      openTab({ withLock: leaseLock(world.disk, Date.now) }),
    ]);
    await one.send('talk', 'from one');
    await two.send('talk', 'from two');
    await pass();
    expect(states(one).map((state) => state.replace(/ \w+$/, ''))).toEqual(['from one', 'from two']);
    expect(states(two)).toHaveLength(2);
    await pass(5_000);
    expect([...new Set(world.delivered)]).toEqual(['from one', 'from two']);
    expect(most).toBe(1);
    await pass(5_000);
    expect([...states(one), ...states(two)]).toEqual([]);
  });

  it('a tab that dies holding the lease is followed by another', async () => {
    await world.disk.write([
      { store: 'meta', key: 'lease|outbox', value: { owner: 'dead', until: Date.now() + 15_000 } },
    ]);
    const tab = await openTab({ withLock: leaseLock(world.disk, Date.now) });
    await tab.send('talk', 'inherited');
    await pass(10_000);
    expect(world.delivered).toEqual([]);
    await pass(6_000);
    expect(world.delivered).toEqual(['inherited']);
  });

  it('a message discarded in one tab is gone in the other', async () => {
    world.deliver = () => Promise.reject(refusal('offline'));
    const [one, two] = [await openTab(), await openTab()];
    const id = await one.send('talk', 'never mind');
    await pass();
    await two.discard(id);
    expect([...states(one), ...states(two)]).toEqual([]);
  });
});
