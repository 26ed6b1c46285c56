import { Module, type DynamicModule } from '@nestjs/common';
import { AdministrationModule } from './administration/administration.module.js';
import { ConversationLogModule } from './conversation-log/public.js';
import { ConversationsModule } from './conversations/public.js';
import { IdentityModule, type IdentityOptions } from './identity/identity.module.js';
import { MessagingModule } from './messaging/messaging.module.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';
import { PresenceModule } from './presence/public.js';

export interface AppOptions extends PlatformOptions, IdentityOptions {}

/** The list of features. */
@Module({})
export class AppModule {
  static with(options: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(options),
        IdentityModule.with(options),
        AdministrationModule,
        ConversationLogModule,
        ConversationsModule,
        MessagingModule,
        PresenceModule,
      ],
    };
  }
}
