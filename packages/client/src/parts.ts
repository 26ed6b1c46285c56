import type { Me } from '@tertulia/contract';
import type { ClientStorage, ConnectionState } from './api.js';
import type { MessageCache } from './cache/message-cache.js';
import type { WriteBehind } from './cache/write-behind.js';
import type { Incoming } from './incoming.js';
import type { Conversations } from './list/conversations.js';
import type { Drafts } from './list/drafts.js';
import type { Members } from './list/members.js';
import type { People } from './list/people.js';
import type { ReadMarks } from './list/read-marks.js';
import type { Refetch } from './list/refetch.js';
import type { Notifier } from './notifier.js';
import type { Outbox } from './outbox/outbox.js';
import type { Channel, Ports } from './ports.js';
import type { Presence } from './presence/presence.js';
import type { Typing } from './presence/typing.js';
import type { CarefulStorage } from './storage/careful-storage.js';
import type { SyncClock } from './sync/clock.js';
import type { Feed } from './sync/feed.js';
import type { LagWatch } from './sync/lag-watch.js';
import type { SyncEngine } from './sync/sync-engine.js';
import type { Timelines } from './timeline/timelines.js';
import type { Connection } from './wire/connection.js';
import type { Link } from './wire/link.js';
import type { Session } from './wire/session.js';

export interface EngineOptions {
  me: Me;
  baseUrl: string;
  namespace: string;
  storage: ClientStorage;
  careful: CarefulStorage;
  ports: Ports;
  session: Session;
  notifier: Notifier;
  log: (message: string, detail?: unknown) => void;
  connectionChanged: (state: ConnectionState) => void;
}

/** What the engine of one user is made of. */
export interface Parts {
  /** Written behind, never relied on. */
  disk: WriteBehind;
  cache: MessageCache;
  people: People;
  members: Members;
  drafts: Drafts;
  marks: ReadMarks;
  conversations: Conversations;
  timelines: Timelines;
  refetch: Refetch;
  incoming: Incoming;
  feed: Feed;
  lag: LagWatch;
  sync: SyncEngine;
  clock: SyncClock;
  connection: Connection;
  link: Link;
  channel: Channel | null;
  outbox: Outbox;
  typing: Typing;
  presence: Presence;
}
