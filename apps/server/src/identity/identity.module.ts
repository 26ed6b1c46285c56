import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Bus } from '../platform/bus/bus.js';
import { Database } from '../platform/database/database.js';
import { LOGGER } from '../platform/logging/logger.js';
import { provide } from '../platform/provide.js';
import { SocketRouter } from '../platform/realtime/socket-router.js';
import { SocketServer } from '../platform/realtime/socket-server.js';
import { Authenticator } from '../shared/authenticator.js';
import { Clock } from '../shared/clock.js';
import { DescribeServer } from './application/describe-server.js';
import { GetMe } from './application/get-me.js';
import { GrantSession } from './application/grant-session.js';
import { LogIn } from './application/log-in.js';
import { LogOut } from './application/log-out.js';
import {
  AccountLinks,
  Accounts,
  Admission,
  Audit,
  CommonPasswords,
  LoginThrottle,
  PasswordHasher,
  People,
  SessionEnds,
  Sessions,
  Tokens,
} from './application/ports.js';
import { RefreshSession } from './application/refresh-session.js';
import { Register } from './application/register.js';
import { SearchPeople } from './application/search-people.js';
import { SessionAuthenticator } from './application/session-authenticator.js';
import { Argon2Hasher } from './infrastructure/argon2-hasher.js';
import { ListedCommonPasswords } from './infrastructure/common-passwords.js';
import { DrizzleAccountLinks } from './infrastructure/drizzle-account-links.js';
import { DrizzleAccounts } from './infrastructure/drizzle-accounts.js';
import { DrizzleAdmission } from './infrastructure/drizzle-admission.js';
import { DrizzleAudit } from './infrastructure/drizzle-audit.js';
import { DrizzlePeople } from './infrastructure/drizzle-people.js';
import { DrizzleSessions } from './infrastructure/drizzle-sessions.js';
import { JoseTokens } from './infrastructure/jose-tokens.js';
import { MemoryLoginThrottle } from './infrastructure/memory-login-throttle.js';
import { SessionWatch } from './infrastructure/session-watch.js';
import { AuthController } from './presentation/auth.controller.js';
import { PeopleController } from './presentation/people.controller.js';
import { RefreshCookie } from './presentation/refresh-cookie.js';
import { SessionGateway } from './presentation/session.gateway.js';

export interface IdentityOptions {
  /** The first signs, the others are believed. */
  secrets: readonly Buffer[];
  /** People reach the server by https. */
  secure: boolean;
  version: string;
}

@Global()
@Module({})
export class IdentityModule {
  static with({ secrets, secure, version }: IdentityOptions): DynamicModule {
    return {
      module: IdentityModule,
      controllers: [AuthController, PeopleController],
      providers: [
        provide(DrizzleAccounts, [Database], Accounts),
        provide(DrizzleAdmission, [Database], Admission),
        provide(DrizzlePeople, [Database], People),
        provide(DrizzleSessions, [Database], Sessions),
        provide(DrizzleAudit, [Database], Audit),
        provide(DrizzleAccountLinks, [Database], AccountLinks),
        provide(Argon2Hasher, [], PasswordHasher),
        provide(ListedCommonPasswords, [], CommonPasswords),
        provide(MemoryLoginThrottle, [], LoginThrottle),
        { provide: Tokens, inject: [Clock], useFactory: (clock: Clock) => new JoseTokens(secrets, clock) },
        { provide: RefreshCookie, useFactory: () => new RefreshCookie(secure) },
        provide(SessionAuthenticator, [Tokens, Sessions], Authenticator),
        provide(SessionWatch, [Sessions, SocketServer, Bus, LOGGER], SessionEnds),
        provide(GrantSession, [Sessions, Tokens]),
        {
          provide: DescribeServer,
          inject: [Accounts, Admission],
          useFactory: (accounts: Accounts, admission: Admission) => new DescribeServer(accounts, admission, version),
        },
        provide(Register, [Accounts, PasswordHasher, CommonPasswords, LoginThrottle, GrantSession]),
        provide(LogIn, [Accounts, PasswordHasher, LoginThrottle, GrantSession]),
        provide(RefreshSession, [Accounts, Sessions, Tokens, GrantSession, SessionEnds]),
        provide(LogOut, [Sessions, Tokens, SessionEnds]),
        provide(GetMe, [Accounts]),
        provide(SearchPeople, [People]),
        provide(SessionGateway, [SocketRouter, Authenticator, Clock]),
      ],
      exports: [AccountLinks, Admission, Authenticator, People, SessionEnds],
    };
  }
}
