import { MessageCache } from './cache/message-cache.js';
import { WriteBehind } from './cache/write-behind.js';
import { Incoming } from './incoming.js';
import { Conversations } from './list/conversations.js';
import { Drafts } from './list/drafts.js';
import { Members } from './list/members.js';
import { People } from './list/people.js';
import { ReadMarks } from './list/read-marks.js';
import { Refetch } from './list/refetch.js';
import { leaseLock } from './outbox/lease.js';
import type { OutboxHint } from './outbox/hint.js';
import { Outbox } from './outbox/outbox.js';
import type { EngineOptions, Parts } from './parts.js';
import type { WithLock } from './ports.js';
import { Presence } from './presence/presence.js';
import { Typing } from './presence/typing.js';
import { Reactions } from './reactions.js';
import { SyncClock } from './sync/clock.js';
import { Feed } from './sync/feed.js';
import { LagWatch } from './sync/lag-watch.js';
import { SyncEngine } from './sync/sync-engine.js';
import { Timelines } from './timeline/timelines.js';
import { Connection } from './wire/connection.js';
import { Link } from './wire/link.js';

const direct: WithLock = (_name, work) => work();

/** Makes the parts of one user's engine and ties them together. Nothing runs yet. */
export function wire(options: EngineOptions): { parts: Parts; react: Reactions } {
  // Filled below: the parts know each other only through what they call later.
  const parts = {} as Parts;
  const react = new Reactions(options, parts);
  const { namespace, ports, session, notifier, log, careful, storage } = options;
  const { call } = session;
  const { random, now } = ports;
  parts.disk = new WriteBehind(storage, log);
  parts.cache = new MessageCache(parts.disk, namespace, now);
  parts.incoming = new Incoming((conversation, messages) =>
    notifier.announce({ type: 'incoming', conversation, messages }),
  );
  parts.people = new People(parts.disk, namespace, () => notifier.mark('people'));
  parts.members = new Members(parts.disk, namespace, (conversation) => react.membersChanged(conversation));
  parts.drafts = new Drafts(careful, namespace, () => notifier.mark('conversations'));
  parts.refetch = new Refetch(
    (conversation) => react.getConversation(conversation),
    (answer) => react.takeConversation(answer),
  );
  parts.conversations = new Conversations({
    call,
    disk: parts.disk,
    namespace,
    context: {
      me: options.me.id,
      nameOf: (user) => parts.people.nameOf(user),
      countBetween: (conversation, after, upTo) => parts.timelines.count(conversation, after, upTo),
      arrived: (conversation, message) => parts.incoming.add(conversation, message),
      outgrown: (conversation) => parts.refetch.later(conversation),
    },
    draftOf: (conversation) => parts.drafts.of(conversation),
    pendingOf: (conversation) => parts.outbox.pendingOf(conversation).at(-1) ?? null,
    learn: (row) => parts.people.learn(row.peer === null ? [] : [row.peer]),
    leapt: (conversation, from) => react.leapt(conversation, from),
    left: (conversation) => react.lose(conversation),
    changed: () => notifier.mark('conversations'),
  });
  parts.timelines = new Timelines({
    me: options.me.id,
    call,
    cache: parts.cache,
    conversations: parts.conversations,
    pendingOf: (conversation) => parts.outbox.pendingOf(conversation),
    changingOf: (conversation) => parts.outbox.changingOf(conversation),
    ensure: (conversation) => parts.refetch.now(conversation),
    ensureMembers: (conversation) => react.ensureMembers(conversation),
    arrived: (page) => react.pageArrived(page),
    began: (conversation) => react.began(conversation),
    opened: (conversation) => react.offerTimeline(conversation),
    changed: (conversation) => notifier.mark(`timeline:${conversation}`),
    closed: (conversation) => react.withdrawTimeline(conversation),
  });
  parts.feed = new Feed({
    followers: (conversation) =>
      [
        parts.conversations.get(conversation),
        parts.timelines.follower(conversation),
        parts.cache.follower(conversation),
      ].filter((follower) => follower !== undefined),
    applied: (change) => react.applied(change),
    unknown: ({ conversation }) => void react.meet(conversation),
    gap: () => parts.sync.request(),
  });
  parts.lag = new LagWatch(
    (conversation) => parts.feed.lags(conversation),
    () => parts.sync.request(),
  );
  parts.sync = new SyncEngine({
    call,
    feed: parts.feed,
    disk: parts.disk,
    namespace,
    random,
    log,
    candidates: () => react.candidates(),
    delta: (delta) => react.delta(delta),
    rows: (rows) => rows.forEach((row) => react.offerRow(row)),
    reset: (conversation) => react.reset(conversation),
    gone: (conversation) => react.gone(conversation),
    epochKnown: (epoch) => parts.outbox.epochKnown(epoch),
    forgetAll: () => react.forgetAll(),
    refreshList: () => react.refreshList(),
    reached: (reached) => parts.link.reached(reached),
  });
  parts.connection = new Connection({
    baseUrl: options.baseUrl,
    openSocket: ports.openSocket,
    random,
    token: () => session.token(),
    renew: (stale) => session.renew(stale),
    sessionEnded: () => session.end('session_ended'),
    changed: () => react.connectionChanged(),
    events: {
      ready: ({ epoch }) => react.ready(epoch),
      change: (change) => react.change(change),
      'user:changed': (changed) => react.userChanged(changed),
      typing: ({ conversation, user }) => parts.typing.heard(conversation, user),
      presence: ({ users }) => parts.presence.heard(users),
      'sync:hint': () => parts.sync.request({ list: true, now: true }),
    },
  });
  parts.link = new Link(parts.connection, call, (state) => react.linkChanged(state));
  parts.typing = new Typing({
    me: options.me.id,
    now,
    say: (conversation) => void parts.connection.request('setTyping', { conversation }).catch(() => {}),
    changed: (conversation) =>
      notifier.announce({ type: 'typing', conversation, users: parts.typing.of(conversation) }),
  });
  parts.presence = new Presence({
    watch: (users) => parts.connection.request('watchPresence', { users }),
    isOnline: () => parts.connection.state === 'online',
    random,
    changed: () => notifier.mark('presence'),
  });
  parts.clock = new SyncClock(random, (online) => parts.sync.request({ list: !online }));
  parts.marks = new ReadMarks({
    call: parts.link.call,
    disk: parts.disk,
    namespace,
    random,
    restored: (mark) => parts.conversations.get(mark.conversation)?.restoreMark(mark),
  });
  parts.channel =
    ports.openChannel?.(`tertulia:${namespace}`, (hint) => void parts.outbox.hear(hint as OutboxHint)) ?? null;
  parts.outbox = new Outbox({
    storage: careful,
    namespace,
    withLock: storage.durable ? (ports.withLock ?? leaseLock(storage, now)) : direct,
    lockName: `tertulia:outbox:${namespace}`,
    channel: parts.channel,
    deliver: (entry) => react.deliver(entry),
    find: (conversation, id) => call('findOwnMessage', { conversation, id }),
    online: () => parts.link.state === 'online',
    epoch: () => parts.sync.epoch,
    followed: (conversation) => parts.feed.cursorOf(conversation)?.ver ?? 0,
    verOf: (conversation, seq) => parts.timelines.follower(conversation)?.find(seq)?.ver,
    now,
    random,
    changed: (conversation) => react.touch(conversation),
  });
  return { parts, react };
}
