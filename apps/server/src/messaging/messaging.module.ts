import { Module } from '@nestjs/common';
import {
  ChangeFeed,
  ChangeReader,
  ConversationFinder,
  ConversationLogModule,
  EpochKeeper,
  Lane,
} from '../conversation-log/public.js';
import { ConversationReader, ConversationsModule, StartDirect } from '../conversations/public.js';
import { People } from '../identity/public.js';
import { Database } from '../platform/database/database.js';
import { provide } from '../platform/provide.js';
import { SocketRouter } from '../platform/realtime/socket-router.js';
import { CancelMessage } from './application/cancel-message.js';
import { DeleteMessage } from './application/delete-message.js';
import { EditMessage } from './application/edit-message.js';
import { FindOwnMessage } from './application/find-own-message.js';
import { GetMessages } from './application/get-messages.js';
import { MessageEditor, MessageLog, MessageReader } from './application/ports.js';
import { SendMessage } from './application/send-message.js';
import { Sync } from './application/sync.js';
import { FunctionMessageEditor } from './infrastructure/function-message-editor.js';
import { LaneMessageLog } from './infrastructure/lane-message-log.js';
import { MessageChanges } from './infrastructure/message-changes.js';
import { SqlMessageReader } from './infrastructure/sql-message-reader.js';
import { MessagesController } from './presentation/messages.controller.js';
import { MessagingGateway } from './presentation/messaging.gateway.js';

@Module({
  imports: [ConversationLogModule, ConversationsModule],
  controllers: [MessagesController],
  providers: [
    provide(LaneMessageLog, [Database, Lane], MessageLog),
    provide(FunctionMessageEditor, [Database, Lane], MessageEditor),
    provide(SqlMessageReader, [Database, People, ChangeReader], MessageReader),
    {
      provide: MessageChanges,
      inject: [Database, People, ChangeReader],
      useFactory: (database: Database, people: People, changes: ChangeReader) => {
        const loader = new MessageChanges(database, people);
        changes.register(loader);
        return loader;
      },
    },
    provide(SendMessage, [ConversationFinder, StartDirect, MessageLog, ChangeFeed]),
    provide(EditMessage, [ConversationFinder, MessageEditor, ChangeFeed, EpochKeeper]),
    provide(DeleteMessage, [ConversationFinder, MessageEditor, ChangeFeed, EpochKeeper]),
    provide(CancelMessage, [ConversationFinder, MessageEditor, ChangeFeed]),
    provide(FindOwnMessage, [ConversationFinder, MessageReader]),
    provide(GetMessages, [ConversationFinder, MessageReader]),
    provide(Sync, [EpochKeeper, ConversationReader, MessageReader]),
    provide(MessagingGateway, [SocketRouter, SendMessage, EditMessage, DeleteMessage, CancelMessage]),
  ],
})
export class MessagingModule {}
