import type { PersonPresence } from '@tertulia/contract';
import { Module } from '@nestjs/common';
import { ConversationFinder, ConversationLogModule, Feed } from '../conversation-log/public.js';
import { Bus } from '../platform/bus/bus.js';
import { Database } from '../platform/database/database.js';
import { provide } from '../platform/provide.js';
import { Emitter } from '../platform/realtime/emitter.js';
import { SocketRouter } from '../platform/realtime/socket-router.js';
import type { ServerSocket } from '../platform/realtime/socket-server.js';
import { Acquaintances, LocalSockets, NodeCensus, TypingScope, TypingTeller } from './application/ports.js';
import { Presence } from './application/presence.js';
import { Roster } from './application/roster.js';
import { SetTyping } from './application/set-typing.js';
import { WatchPresence } from './application/watch-presence.js';
import { Watches } from './application/watches.js';
import { OtherNodes } from './domain/other-nodes.js';
import { TypingPace } from './domain/typing-pace.js';
import { AudienceSockets } from './infrastructure/audience-sockets.js';
import { BusAnnouncements } from './infrastructure/bus-announcements.js';
import { PresenceRounds } from './infrastructure/presence-rounds.js';
import { SqlAcquaintances } from './infrastructure/sql-acquaintances.js';
import { SqlNodeCensus } from './infrastructure/sql-node-census.js';
import { SqlTypingScope } from './infrastructure/sql-typing-scope.js';
import { TypingOverNodes } from './infrastructure/typing-over-nodes.js';
import { PresenceGateway } from './presentation/presence.gateway.js';

/** Never goes back, whatever becomes of the machine's clock. */
const now = (): number => performance.now();

@Module({
  imports: [ConversationLogModule],
  providers: [
    { provide: OtherNodes, useFactory: () => new OtherNodes(now) },
    { provide: TypingPace, useFactory: () => new TypingPace(now) },
    provide(AudienceSockets, [Feed], LocalSockets),
    provide(SqlNodeCensus, [Database, Bus], NodeCensus),
    provide(SqlAcquaintances, [Database], Acquaintances),
    provide(SqlTypingScope, [Database], TypingScope),
    provide(TypingOverNodes, [Bus, Feed, Emitter], TypingTeller),
    {
      provide: Roster,
      inject: [LocalSockets, OtherNodes, NodeCensus, Bus],
      useFactory: (sockets: LocalSockets, others: OtherNodes, census: NodeCensus, bus: Bus) =>
        new Roster(sockets, others, census, () => bus.connected, now),
    },
    {
      provide: Watches,
      inject: [Roster, Emitter],
      useFactory: (roster: Roster, emitter: Emitter) =>
        new Watches<ServerSocket>(
          (userId) => roster.stateOf(userId),
          (socket, users: PersonPresence[]) => emitter.toSocket(socket, 'presence', { users }),
          now,
        ),
    },
    provide(BusAnnouncements, [Bus, Roster]),
    provide(Presence, [Roster, OtherNodes, NodeCensus, BusAnnouncements, Watches]),
    provide(PresenceRounds, [Bus, BusAnnouncements, Presence]),
    provide(WatchPresence, [Acquaintances, Presence, Watches]),
    provide(SetTyping, [ConversationFinder, TypingScope, TypingTeller, TypingPace]),
    provide(PresenceGateway, [SocketRouter, SetTyping, WatchPresence, Presence]),
  ],
})
export class PresenceModule {}
