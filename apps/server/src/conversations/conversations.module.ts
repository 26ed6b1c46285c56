import { Module } from '@nestjs/common';
import {
  ChangeFeed,
  ChangeReader,
  ConversationFinder,
  ConversationLogModule,
  EpochKeeper,
  Feed,
  Lane,
} from '../conversation-log/public.js';
import { People } from '../identity/public.js';
import { Database } from '../platform/database/database.js';
import { provide } from '../platform/provide.js';
import { SocketRouter } from '../platform/realtime/socket-router.js';
import { AddMembers } from './application/add-members.js';
import { CreateGroup } from './application/create-group.js';
import { GetConversation, ListConversations } from './application/list-conversations.js';
import { MarkRead } from './application/mark-read.js';
import { ConversationReader, ConversationWriter } from './application/ports.js';
import { RemoveMember } from './application/remove-member.js';
import { RenameGroup } from './application/rename-group.js';
import { StartDirect } from './application/start-direct.js';
import { FunctionConversationWriter } from './infrastructure/function-conversation-writer.js';
import { RegisterLoaders } from './infrastructure/register-loaders.js';
import { SqlConversationReader } from './infrastructure/sql-conversation-reader.js';
import { ConversationsController } from './presentation/conversations.controller.js';
import { ConversationsGateway } from './presentation/conversations.gateway.js';

@Module({
  imports: [ConversationLogModule],
  controllers: [ConversationsController],
  providers: [
    provide(FunctionConversationWriter, [Database, Lane], ConversationWriter),
    provide(SqlConversationReader, [Database, People], ConversationReader),
    provide(RegisterLoaders, [Database, ChangeReader, Feed, ConversationReader]),
    provide(ListConversations, [ConversationReader, EpochKeeper]),
    provide(GetConversation, [ConversationFinder, ConversationReader]),
    provide(StartDirect, [People, ConversationWriter, ConversationReader, ChangeFeed]),
    provide(CreateGroup, [People, ConversationWriter, ConversationReader, ChangeFeed]),
    provide(AddMembers, [ConversationFinder, People, ConversationWriter, ChangeFeed]),
    provide(RemoveMember, [ConversationFinder, People, ConversationWriter, ChangeFeed]),
    provide(RenameGroup, [ConversationFinder, ConversationWriter, ChangeFeed]),
    provide(MarkRead, [ConversationFinder, ConversationWriter, ChangeFeed]),
    provide(ConversationsGateway, [SocketRouter, MarkRead]),
  ],
  exports: [StartDirect, ConversationReader],
})
export class ConversationsModule {}
