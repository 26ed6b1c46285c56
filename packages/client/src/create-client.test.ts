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
