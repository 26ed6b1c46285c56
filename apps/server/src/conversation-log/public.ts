export { ChangeFeed, ConversationFinder } from './application/ports.js';
export type {
  ChangeLoader,
  ChangePayload,
  ConversationRef,
  LoggedChange,
  Pointer,
  UserChangeLoader,
} from './application/ports.js';
export { ChangeReader } from './infrastructure/change-reader.js';
export { changeKind } from './infrastructure/conversation-log.tables.js';
export { EpochKeeper } from './infrastructure/epoch-keeper.js';
export { Feed } from './infrastructure/feed.js';
export { Lane, singleCall, type Batcher } from './infrastructure/lane.js';
export { ConversationLogModule } from './conversation-log.module.js';
