import { Module } from '@nestjs/common';
import { Bus } from '../platform/bus/bus.js';
import { DATA_FOLDER } from '../platform/data-dir.js';
import { Database } from '../platform/database/database.js';
import { LOGGER } from '../platform/logging/logger.js';
import { provide } from '../platform/provide.js';
import { Emitter } from '../platform/realtime/emitter.js';
import { SocketServer } from '../platform/realtime/socket-server.js';
import { ChangeFeed, ConversationFinder, EpochNote } from './application/ports.js';
import { Bell } from './infrastructure/bell.js';
import { ChangeReader } from './infrastructure/change-reader.js';
import { CommitPoll } from './infrastructure/commit-poll.js';
import { CommitTrimmer } from './infrastructure/commit-trimmer.js';
import { ConversationDirectory } from './infrastructure/conversation-directory.js';
import { EpochKeeper } from './infrastructure/epoch-keeper.js';
import { Feed } from './infrastructure/feed.js';
import { FileEpochNote } from './infrastructure/file-epoch-note.js';
import { Lane } from './infrastructure/lane.js';

@Module({
  providers: [
    provide(Lane, []),
    provide(FileEpochNote, [DATA_FOLDER], EpochNote),
    provide(EpochKeeper, [Database, EpochNote]),
    provide(CommitTrimmer, [Database, LOGGER]),
    provide(ChangeReader, [Database]),
    provide(ConversationDirectory, [Database]),
    provide(Bell, [Bus]),
    provide(Feed, [Database, ConversationDirectory, ChangeReader, Emitter, EpochKeeper, Bell, LOGGER]),
    provide(CommitPoll, [Database, Bus, Feed, EpochKeeper, SocketServer, LOGGER]),
    { provide: ConversationFinder, useExisting: ConversationDirectory },
    { provide: ChangeFeed, useExisting: Feed },
  ],
  exports: [Lane, EpochKeeper, ChangeReader, ConversationFinder, ChangeFeed, Feed],
})
export class ConversationLogModule {}
