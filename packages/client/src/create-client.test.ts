import { beforeEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../test/fake-server.js';
import { diskLike, Seat } from '../test/harness.js';

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
  server.addTalk('talk', 'ana', 'bea');
});

const fill = (count: number, sender = 'bea') => {
  for (let n = 1; n <= count; n += 1) server.write('talk', sender, `old ${n}`);
};

describe('sending', () => {
  it('shows a message as pending at once and in its place when the log has it', async () => {
    const [ana, bea] = [await Seat.online(server, 'ana'), await Seat.online(server, 'bea')];
    await Promise.all([ana.client.openConversation('talk'), bea.client.openConversation('talk')]);
    await ana.client.send('talk', '  hola\n');
    await bea.until(() => bea.bodies('talk').length === 1);
    await ana.until(() => ana.bodies('talk').length === 1 && ana.pending('talk').length === 0);
    expect(ana.events.some((event) => event.type === 'timeline' && event.timeline.pending.length === 1)).toBe(true);
    expect(bea.bodies('talk')).toEqual(['hola']);
    expect(bea.last('incoming')?.messages.map(({ body }) => body)).toEqual(['hola']);
    expect(ana.last('incoming')).toBeUndefined();
    expect(bea.row('talk')).toMatchObject({ unread: 1, preview: { text: 'hola', senderName: 'ANA' } });
  });

  it('never shows a message twice or not at all between pending and placed', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    const id = await ana.client.send('talk', 'one');
    await ana.until(() => ana.bodies('talk').length === 1);
    const shown = ana.events.flatMap((event) => (event.type === 'timeline' ? [event.timeline] : []));
    const from = shown.findIndex(({ pending }) => pending.length > 0);
    for (const { messages, pending } of shown.slice(from))
      expect([...messages, ...pending].filter((row) => row.id === id)).toHaveLength(1);
  });

  it('a message typed offline survives a restart and is sent once, in order', async () => {
    const disk = diskLike();
    const before = await Seat.online(server, 'ana', disk);
    server.down = true;
    server.cut();
    await before.client.send('talk', 'first');
    await before.client.send('talk', 'second');
    await before.client.close();
    server.down = false;
    const after = await Seat.online(server, 'ana', disk);
    await after.client.openConversation('talk');
    await after.until(() => after.bodies('talk').length === 2);
    expect(server.talks.get('talk')?.messages.map(({ body }) => body)).toEqual(['first', 'second']);
    expect(await after.client.pendingCount()).toBe(0);
  });

  it('a message whose answer got lost is sent again under the same id and stored once', async () => {
    const ana = await Seat.online(server, 'ana');
    server.loseAnswers = 2;
    server.mute = true;
    await ana.client.send('talk', 'once');
    await ana.until(() => server.loseAnswers === 0);
    expect(server.talks.get('talk')?.messages).toHaveLength(1);
  });

  it('sends over HTTP where websockets are blocked, and hears by asking', async () => {
    server.websockets = false;
    const ana = new Seat(server, 'ana', undefined, { random: () => 0.01 });
    await ana.client.restore();
    await ana.client.openConversation('talk');
    await ana.client.send('talk', 'by post');
    expect(
      await ana
        .until(() => server.calls.includes('POST /api/messages'))
        .then(() => server.talks.get('talk')?.messages.length),
    ).toBe(1);
    await ana.until(() => ana.bodies('talk').length === 1 && ana.state === 'online', 5_000);
  });

  it('refuses empty and too long messages at once and keeps nothing of them', async () => {
    const ana = await Seat.online(server, 'ana');
    await expect(ana.client.send('talk', ' \n ')).rejects.toMatchObject({ code: 'message_empty' });
    await expect(ana.client.send('talk', 'ñ'.repeat(8_193))).rejects.toMatchObject({
      code: 'message_too_long',
      data: { bytes: 16_386, max: 16_384 },
    });
    expect(await ana.client.pendingCount()).toBe(0);
  });
});

describe('editing and deleting', () => {
  const both = async () => {
    const [ana, bea] = [await Seat.online(server, 'ana'), await Seat.online(server, 'bea')];
    await Promise.all([ana.client.openConversation('talk'), bea.client.openConversation('talk')]);
    return { ana, bea };
  };
  const changing = (seat: Seat) =>
    seat.timeline('talk')?.changing.map(({ seq, body, state, error }) => ({ seq, body, state, error }));

  it('an edit is shown over the message at once and everywhere when it is stored, in the list too', async () => {
    const { ana, bea } = await both();
    server.write('talk', 'ana', 'helo');
    await ana.until(() => ana.bodies('talk').length === 1);
    await ana.client.edit('talk', ana.message('talk', 1), 'hello');
    await bea.until(() => bea.bodies('talk').join() === 'hello' && bea.row('talk')?.preview?.text === 'hello');
    await ana.until(() => ana.bodies('talk').join() === 'hello' && changing(ana)?.length === 0);
    const shown = ana.events.flatMap((event) => (event.type === 'timeline' ? [event.timeline] : []));
    const from = shown.findIndex((timeline) => timeline.changing.length > 0);
    expect(from).toBeGreaterThan(0);
    for (const { messages, changing } of shown.slice(from))
      expect(changing.at(-1)?.body ?? messages[0]?.body).toBe('hello');
    expect(bea.row('talk')?.unread).toBe(1);
    expect(bea.timeline('talk')?.messages[0]?.editedAt).toBeDefined();
  });

  it('a deletion takes words, preview and unread away, from both', async () => {
    const { ana, bea } = await both();
    for (const body of ['one', 'two', 'three']) await ana.client.send('talk', body);
    await bea.until(() => bea.row('talk')?.unread === 3);
    await ana.client.remove('talk', ana.message('talk', 3));
    await bea.until(() => bea.row('talk')?.unread === 2 && bea.row('talk')?.preview?.text === 'two');
    await ana.until(() => ana.row('talk')?.preview?.text === 'two' && changing(ana)?.length === 0);
    expect(bea.timeline('talk')?.messages.at(-1)).toMatchObject({ seq: 3, body: '', deleted: true });
    expect(bea.row('talk')?.seq).toBe(3);
  });

  it('a deletion of words from before this start is counted, and the row asked for where it must be', async () => {
    fill(3);
    const ana = await Seat.online(server, 'ana');
    server.change('talk', 3, null);
    await ana.until(() => ana.row('talk')?.unread === 2 && ana.row('talk')?.preview?.text === 'old 2');
  });

  it('made offline they survive a restart, and a message made offline takes its edit along', async () => {
    const disk = diskLike();
    server.write('talk', 'ana', 'helo');
    server.write('talk', 'ana', 'wrong');
    const before = await Seat.online(server, 'ana', disk);
    await before.client.openConversation('talk');
    server.down = true;
    server.cut();
    await before.until(() => before.state !== 'online');
    await before.client.edit('talk', before.message('talk', 1), 'hello');
    await before.client.remove('talk', before.message('talk', 2));
    const id = await before.client.send('talk', 'new');
    await before.client.edit('talk', id, 'newer');
    await before.client.discard(await before.client.send('talk', 'never mind'));
    await before.client.close();
    server.down = false;
    const after = await Seat.online(server, 'ana', disk);
    await after.client.openConversation('talk');
    await after.until(() => after.bodies('talk').join() === 'hello,,newer');
    const { messages } = server.talks.get('talk')!;
    expect(messages.map(({ body, deleted }) => [body, deleted])).toEqual([
      ['hello', undefined],
      ['', true],
      ['newer', undefined],
    ]);
    await expect.poll(() => after.client.pendingCount()).toBe(0);
  });

  it('an edit over an older state is refused, keeps its text, and goes over the newer one when retried', async () => {
    const { ana, bea } = await both();
    server.write('talk', 'ana', 'first');
    await ana.until(() => ana.bodies('talk').length === 1);
    server.mute = true;
    server.change('talk', 1, 'from the phone');
    const id = await ana.client.edit('talk', ana.message('talk', 1), 'from the desk');
    const failed = { seq: 1, body: 'from the desk', state: 'failed', error: 'stale' };
    await ana.until(() => changing(ana)?.[0]?.state === 'failed');
    expect(changing(ana)).toEqual([failed]);
    server.mute = false;
    server.write('talk', 'bea', 'next');
    await ana.until(() => ana.bodies('talk').join() === 'from the phone,next');
    expect(changing(ana)).toEqual([failed]);
    await ana.client.retry(id);
    await bea.until(() => bea.bodies('talk').join() === 'from the desk,next');
    await ana.until(() => changing(ana)?.length === 0);
  });

  it('an edit begun before another device was faster does not go over it unseen', async () => {
    const { ana } = await both();
    server.write('talk', 'ana', 'first');
    await ana.until(() => ana.bodies('talk').length === 1);
    const begun = ana.message('talk', 1);
    server.change('talk', 1, 'from the phone');
    await ana.until(() => ana.bodies('talk').join() === 'from the phone');
    await ana.client.edit('talk', begun, 'from the desk');
    await ana.until(() => changing(ana)?.[0]?.error === 'stale');
    expect(ana.bodies('talk')).toEqual(['from the phone']);
  });

  it('a message of which nobody knows whether it was sent is taken back for good', async () => {
    const { ana, bea } = await both();
    server.mute = true;
    server.loseAnswers = 1;
    const id = await ana.client.send('talk', 'oops');
    await ana.until(() => server.loseAnswers === 0);
    server.mute = false;
    await ana.client.discard(id);
    await bea.until(() => bea.timeline('talk')?.messages.at(-1)?.deleted === true);
    await expect.poll(() => ana.client.pendingCount()).toBe(0);
    expect(bea.bodies('talk')).toEqual(['']);
    expect(server.write('talk', 'ana', 'oops', id)).toMatchObject({ seq: 1, deleted: true });
    expect(ana.pending('talk')).toEqual([]);
  });

  it('what is not mine, not there or deleted is refused at once', async () => {
    const { ana } = await both();
    server.write('talk', 'bea', 'hers');
    server.write('talk', 'ana', 'mine');
    server.change('talk', 2, null);
    await ana.until(() => ana.timeline('talk')?.messages[1]?.deleted === true);
    await expect(ana.client.edit('talk', ana.message('talk', 1), 'x')).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(ana.client.edit('talk', ana.message('talk', 2), 'x')).rejects.toMatchObject({
      code: 'message_deleted',
    });
    await expect(ana.client.remove('talk', 'no such id')).resolves.toBeUndefined();
    await expect(ana.client.edit('talk', 'no such id', 'x')).rejects.toMatchObject({ code: 'message_not_found' });
    expect(await ana.client.pendingCount()).toBe(0);
  });

  it('a copy on disk holds no words that were deleted since', async () => {
    const disk = diskLike();
    const ana = await Seat.online(server, 'ana', disk);
    server.write('talk', 'bea', 'secret');
    await ana.client.openConversation('talk');
    ana.client.closeConversation('talk');
    server.change('talk', 1, null);
    await ana.until(() => ana.row('talk')?.preview === null);
    await ana.client.close();
    const stores = ['rows', 'messages'] as const;
    const kept = await Promise.all(stores.map((store) => disk.list(store, '')));
    expect(kept.map((values) => values.length)).toEqual([1, 1]);
    expect(JSON.stringify(kept)).not.toContain('secret');
  });
});

describe('converging', () => {
  it('shows after a reconnect what was written meanwhile, in the open conversation and in the list', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    server.down = true;
    server.cut();
    fill(3);
    server.addTalk('other', 'ana', 'eva');
    server.write('other', 'eva', 'new here');
    server.down = false;
    await ana.until(() => ana.bodies('talk').length === 3 && ana.row('other') !== undefined);
    expect(ana.row('talk')?.unread).toBe(3);
    expect(ana.row('other')?.unread).toBe(1);
  });

  it('fetches what is missing before it shows what came after', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    server.mute = true;
    fill(2);
    server.mute = false;
    server.write('talk', 'bea', 'third');
    await ana.until(() => ana.bodies('talk').length === 3);
    const states = ana.events.flatMap((event) =>
      event.type === 'timeline' ? [event.timeline.messages.map(({ seq }) => seq)] : [],
    );
    for (const seqs of states) expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('forgets everything but outbox and drafts when the server has a new epoch', async () => {
    const ana = await Seat.online(server, 'ana');
    fill(2);
    await ana.client.openConversation('talk');
    ana.client.setDraft('talk', 'half a thought');
    server.talks.clear();
    server.epoch = 'epoch-2';
    server.addTalk('talk', 'ana', 'bea');
    server.write('talk', 'bea', 'another world');
    server.cut();
    await ana.until(() => ana.bodies('talk').join() === 'another world');
    expect(ana.row('talk')?.draft).toBe('half a thought');
  });

  it('asks for what lies before a row, when the stream begins with it and the window is older', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    server.mute = true;
    fill(1);
    server.mute = false;
    server.tellUser('ana', server.talks.get('talk')!);
    await ana.until(() => ana.bodies('talk').join() === 'old 1');
  });

  it('asks for the members anew when a row went on without the changes in between', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    await ana.until(() => ana.last('members')?.members.length === 2);
    ana.client.closeConversation('talk');
    server.mute = true;
    fill(1);
    server.mute = false;
    server.calls.length = 0;
    server.tellUser('ana', server.talks.get('talk')!);
    await ana.until(() => server.calls.includes('GET /api/conversations/talk'));
  });

  it('offers again what an older copy of the database does not have, once and in order', async () => {
    const disk = diskLike();
    const ana = await Seat.online(server, 'ana', disk);
    for (const body of ['one', 'two', 'three', 'four']) await ana.client.send('talk', body);
    await ana.until(() => server.talks.get('talk')!.messages.length === 4);
    await expect.poll(() => disk.list('outbox', '')).toEqual([]);
    await ana.client.close();
    const talk = server.talks.get('talk')!;
    talk.messages.length = 2;
    talk.changes.length = 2;
    server.epoch = 'epoch-2';
    const after = await Seat.online(server, 'ana', disk);
    await after.until(() => talk.messages.length === 4);
    expect(talk.messages.map(({ body }) => body)).toEqual(['one', 'two', 'three', 'four']);
    await expect.poll(() => after.client.pendingCount()).toBe(0);
    const again = await Seat.online(server, 'ana', disk);
    await again.client.openConversation('talk');
    await again.until(() => again.bodies('talk').length === 4);
    expect(talk.messages).toHaveLength(4);
  });

  it('offers again what is lost when a cursor is unknown to the server, and shows the other world', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    for (const body of ['one', 'two']) await ana.client.send('talk', body);
    await ana.until(() => ana.bodies('talk').length === 2);
    const talk = server.talks.get('talk')!;
    talk.messages.length = 1;
    talk.changes.length = 1;
    server.write('talk', 'bea', 'in another world');
    talk.changes[1]!.tag = 99;
    server.tagOf = (ver) => (ver === 2 ? 99 : ver * 7);
    server.cut();
    await ana.until(() => ana.bodies('talk').join() === 'one,in another world,two');
  });

  it('takes back no other message than the one that was meant, when its number is of an older copy', async () => {
    const { fetch } = server.portsFor('ana');
    const slowly: typeof fetch = async (address, init) => {
      if (address === 'http://fake/api/sync') await new Promise((resolve) => setTimeout(resolve, 50));
      return fetch(address, init);
    };
    const ana = await Seat.online(server, 'ana', undefined, { fetch: slowly });
    await ana.client.openConversation('talk');
    await ana.client.send('talk', 'mine');
    await ana.until(() => ana.bodies('talk').length === 1);
    server.down = true;
    server.cut();
    await ana.until(() => ana.state !== 'online');
    await ana.client.remove('talk', ana.message('talk', 1));
    server.talks.clear();
    server.epoch = 'epoch-2';
    server.addTalk('talk', 'ana', 'bea');
    server.write('talk', 'ana', 'another of mine');
    server.down = false;
    const { messages } = server.talks.get('talk')!;
    await ana.until(() => messages.length === 2 && messages[1]!.deleted === true);
    expect(messages[0]).toMatchObject({ body: 'another of mine' });
    await expect.poll(() => ana.client.pendingCount()).toBe(0);
  });

  it('edits no other message than the one that was meant over HTTP either, wherever it stands now', async () => {
    server.websockets = false;
    const ana = new Seat(server, 'ana', undefined, { random: () => 0.01 });
    await ana.client.restore();
    await ana.client.openConversation('talk');
    await ana.client.send('talk', 'mine');
    await ana.until(() => ana.bodies('talk').length === 1, 5_000);
    const meant = ana.message('talk', 1);
    server.talks.clear();
    server.epoch = 'epoch-2';
    server.addTalk('talk', 'ana', 'bea');
    server.write('talk', 'ana', 'another of mine');
    server.write('talk', 'ana', 'mine', meant.id);
    for (let nr = 1; nr <= 60; nr += 1) server.write('talk', 'bea', `since then ${nr}`);
    await ana.client.edit('talk', meant, 'mine, edited');
    const { messages } = server.talks.get('talk')!;
    await ana.until(() => messages[1]!.body === 'mine, edited', 10_000);
    expect(messages[0]).toMatchObject({ body: 'another of mine' });
    await expect.poll(() => ana.client.pendingCount()).toBe(0);
  });

  it('loses a conversation at once when removed from it', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    server.remove('talk', 'ana');
    await ana.until(() => ana.timeline('talk')?.status === 'not-found' && ana.row('talk') === undefined);
  });

  it('meets a conversation that somebody else began', async () => {
    const ana = await Seat.online(server, 'ana');
    server.addTalk('fresh', 'ana', 'eva');
    server.write('fresh', 'eva', 'hello');
    await ana.until(() => ana.row('fresh')?.unread === 1);
    expect(ana.last('incoming')?.messages.map(({ body }) => body)).toEqual(['hello']);
  });

  it('answers "not found" for a conversation that is not ours', async () => {
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('elsewhere');
    await ana.until(() => ana.timeline('elsewhere')?.status === 'not-found');
  });
});

describe('windows', () => {
  it('begins at the first unread message and grows without holes to both sides', async () => {
    fill(200, 'ana');
    fill(100);
    server.talks.get('talk')!.marks.get('ana')!.seq = 200;
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk');
    expect(ana.timeline('talk')?.messages.some(({ seq }) => seq === 201)).toBe(true);
    await ana.client.loadNewer('talk');
    await ana.client.loadNewer('talk');
    await ana.client.loadOlder('talk');
    await ana.until(() => ana.timeline('talk')?.hasNewer === false);
    const seqs = ana.timeline('talk')!.messages.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
    expect(seqs.at(-1)).toBe(300);
  });

  it('appends nothing live while newer messages are not loaded, and catches up by jumping', async () => {
    fill(300, 'ana');
    const ana = await Seat.online(server, 'ana');
    await ana.client.openConversation('talk', 20);
    server.write('talk', 'bea', 'far below');
    await ana.until(() => ana.row('talk')?.unread === 1);
    expect(ana.bodies('talk')).not.toContain('far below');
    await ana.client.jumpToLatest('talk');
    await ana.until(() => ana.bodies('talk').at(-1) === 'far below');
    await ana.client.jumpTo('talk', 5);
    await ana.until(() => ana.timeline('talk')?.messages.some(({ seq }) => seq === 5) === true);
  });
});

describe('groups', () => {
  it('a command of which nobody knows what became is asked again under the same id', async () => {
    const ana = await Seat.online(server, 'ana');
    const ops: string[] = [];
    server.refuse = (name, input) => {
      if (!name.endsWith('/rename')) return null;
      ops.push((input as unknown as { op: string }).op);
      return { code: ops.length === 1 ? 'outcome_unknown' : 'not_allowed', message: '' };
    };
    await expect(ana.client.renameGroup('talk', 'Name')).rejects.toMatchObject({ code: 'not_allowed' });
    expect(ops).toHaveLength(2);
    expect(ops[0]).toBe(ops[1]);
  });
});

describe('reading', () => {
  it('takes the unread mark away at once, tells the server once, and later messages count again', async () => {
    fill(5);
    const ana = await Seat.online(server, 'ana');
    expect(ana.row('talk')?.unread).toBe(5);
    for (let seq = 1; seq <= 5; seq += 1) ana.client.markRead('talk', seq);
    await ana.until(() => ana.row('talk')?.unread === 0);
    await ana.until(() => server.talks.get('talk')?.marks.get('ana')?.seq === 5);
    server.write('talk', 'bea', 'more');
    await ana.until(() => ana.row('talk')?.unread === 1);
  });

  it('marks as unread on all devices, also over a restart, and reading takes it away again', async () => {
    fill(5);
    const disk = diskLike();
    const [ana, phone] = [await Seat.online(server, 'ana', disk), await Seat.online(server, 'ana')];
    ana.client.markRead('talk', 5);
    await phone.until(() => phone.row('talk')?.unread === 0);
    server.down = true;
    server.cut();
    ana.client.markUnread('talk', 4);
    await ana.until(() => ana.row('talk')?.unread === 1);
    await ana.client.close();
    server.down = false;
    const after = await Seat.online(server, 'ana', disk);
    for (const seat of [after, phone]) await seat.until(() => seat.row('talk')?.unread === 2);
    expect(server.talks.get('talk')?.marks.get('ana')).toMatchObject({ rev: 1, seq: 3 });
    phone.client.markRead('talk', 5);
    for (const seat of [after, phone]) await seat.until(() => seat.row('talk')?.unread === 0);
  });

  it('a mark made offline reaches the server after a restart', async () => {
    fill(5);
    const disk = diskLike();
    const before = await Seat.online(server, 'ana', disk);
    server.down = true;
    server.cut();
    before.client.markRead('talk', 5);
    await before.client.close();
    server.down = false;
    const after = await Seat.online(server, 'ana', disk);
    await after.until(() => server.talks.get('talk')?.marks.get('ana')?.seq === 5);
    expect(after.row('talk')?.unread).toBe(0);
  });
});

describe('cold start', () => {
  it('shows list, opened conversations and drafts at once without a network, then syncs', async () => {
    fill(40);
    const disk = diskLike();
    const before = await Seat.online(server, 'ana', disk);
    await before.client.openConversation('talk');
    server.write('talk', 'bea', 'latest');
    await before.until(() => before.bodies('talk').at(-1) === 'latest');
    before.client.setDraft('talk', 'half');
    await before.client.close();
    server.down = true;
    const after = new Seat(server, 'ana', disk);
    expect(await after.client.restore()).toMatchObject({ status: 'signed-in' });
    await after.until(() => after.listed && after.row('talk')?.draft === 'half');
    await after.client.openConversation('talk');
    await after.until(() => after.bodies('talk').at(-1) === 'latest');
    expect(after.row('talk')).toMatchObject({ draft: 'half', unread: 41 });
    server.down = false;
    server.write('talk', 'bea', 'since then');
    after.client.wake();
    await after.until(() => after.bodies('talk').at(-1) === 'since then' && after.row('talk')?.unread === 42);
  });

  it('a closed conversation goes on being copied, so that it opens complete', async () => {
    fill(10);
    const disk = diskLike();
    const ana = await Seat.online(server, 'ana', disk);
    await ana.client.openConversation('talk');
    ana.client.closeConversation('talk');
    server.write('talk', 'bea', 'while closed');
    await ana.until(() => ana.row('talk')?.preview?.text === 'while closed');
    server.calls.length = 0;
    await ana.client.openConversation('talk');
    await ana.until(() => ana.bodies('talk').length === 11);
    expect(server.calls).not.toContain('GET /api/conversations/talk/messages');
  });

  it('a copy that turns out to be behind the row, which is read when it opens, is brought up to it', async () => {
    fill(1);
    const disk = diskLike();
    const before = await Seat.online(server, 'ana', disk);
    await before.client.openConversation('talk');
    await before.client.close();
    const ana = await Seat.online(server, 'ana', disk);
    server.mute = true;
    fill(1);
    server.mute = false;
    await ana.client.openConversation('talk');
    await ana.until(() => ana.bodies('talk').length === 2);
  });
});

describe('session', () => {
  it('an asked log-out wipes what this user left; a forced one keeps what was typed', async () => {
    for (const asked of [true, false]) {
      const disk = diskLike();
      const ana = await Seat.online(server, 'ana', disk);
      server.refuse = (name) => (name === 'message:send' ? { code: 'busy', message: '', data: { after: 60 } } : null);
      await ana.client.send('talk', 'typed');
      ana.client.setDraft('talk', 'half');
      if (asked) await ana.client.logout();
      else {
        server.refuse = (name) => (name === '/api/people' ? { code: 'session_ended', message: '' } : null);
        await ana.client.searchPeople('x').catch(() => {});
      }
      await ana.until(() => ana.last('session')?.session.status === 'signed-out');
      expect(ana.last('session')?.session).toEqual(
        asked ? { status: 'signed-out' } : { status: 'signed-out', reason: 'session_ended' },
      );
      await ana.client.close();
      server.refuse = () => null;
      expect(await disk.list('outbox', '')).toHaveLength(asked ? 0 : 1);
      expect(await disk.list('drafts', '')).toHaveLength(asked ? 0 : 1);
      for (const store of ['rows', 'messages', 'members'] as const) expect(await disk.list(store, '')).toEqual([]);
      await expect.poll(() => disk.list('meta', '')).toEqual([]);
    }
  });

  it('renews an expired token without the caller noticing', async () => {
    const ana = await Seat.online(server, 'ana');
    let expired = 1;
    server.refuse = (name) =>
      name === '/api/conversations/talk' && expired-- > 0 ? { code: 'token_expired', message: '' } : null;
    await ana.client.openConversation('talk');
    await ana.until(() => ana.last('members')?.members.length === 2);
  });

  it('a draft is stored at once: the page may be going', async () => {
    const disk = diskLike();
    const ana = await Seat.online(server, 'ana', disk);
    ana.client.setDraft('talk', 'half a sent');
    await new Promise(setImmediate);
    expect(await disk.list('drafts', '')).toMatchObject([{ text: 'half a sent' }]);
    await ana.client.close();
  });

  it('an outdated client says so, keeps its outbox and sends nothing by another way', async () => {
    const disk = diskLike();
    const ports = server.portsFor('ana').openSocket;
    const ana = new Seat(server, 'ana', disk, {
      openSocket: (url, handshake, handlers) => {
        queueMicrotask(() => handlers.refused({ code: 'outdated_client' }));
        return ports(url, handshake, { ...handlers, refused: () => {} });
      },
    });
    server.websockets = false;
    await ana.client.restore();
    await ana.until(() => ana.state === 'outdated');
    await ana.client.send('talk', 'kept');
    await ana.client.close();
    expect(server.talks.get('talk')?.messages.map(({ body }) => body)).not.toContain('kept');
    expect(await disk.list('outbox', '')).toHaveLength(1);
  });
});
