import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Bus } from '../platform/bus/bus.js';
import { Database } from '../platform/database/database.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { Mailer } from '../platform/mail/mailer.js';
import { provide } from '../platform/provide.js';
import { SocketRouter } from '../platform/realtime/socket-router.js';
import { SocketServer } from '../platform/realtime/socket-server.js';
import { Authenticator } from '../shared/authenticator.js';
import { Clock } from '../shared/clock.js';
import { ChangePassword } from './application/change-password.js';
import { DescribeServer } from './application/describe-server.js';
import { DismissNotice } from './application/dismiss-notice.js';
import { EndOtherSessions } from './application/end-other-sessions.js';
import { EndSession } from './application/end-session.js';
import { GetMe } from './application/get-me.js';
import { GrantSession } from './application/grant-session.js';
import { ListNotices } from './application/list-notices.js';
import { ListSessions } from './application/list-sessions.js';
import { LogIn } from './application/log-in.js';
import { LogOut } from './application/log-out.js';
import { NewPasswords } from './application/new-passwords.js';
import {
  AccountLinks,
  Accounts,
  Admission,
  Audit,
  CommonPasswords,
  LoginThrottle,
  Notices,
  PasswordHasher,
  People,
  RecoveryMail,
  SessionEnds,
  Sessions,
  Tokens,
} from './application/ports.js';
import { MakeMailedLink } from './application/make-mailed-link.js';
import { RedeemRecovery } from './application/redeem-recovery.js';
import { RefreshSession } from './application/refresh-session.js';
import { Register } from './application/register.js';
import { RequestRecovery } from './application/request-recovery.js';
import { SearchPeople } from './application/search-people.js';
import { SessionAuthenticator } from './application/session-authenticator.js';
import { Argon2Hasher } from './infrastructure/argon2-hasher.js';
import { ListedCommonPasswords } from './infrastructure/common-passwords.js';
import { DrizzleAccountLinks } from './infrastructure/drizzle-account-links.js';
import { DrizzleAccounts } from './infrastructure/drizzle-accounts.js';
import { DrizzleAdmission } from './infrastructure/drizzle-admission.js';
import { DrizzleAudit } from './infrastructure/drizzle-audit.js';
import { DrizzleNotices } from './infrastructure/drizzle-notices.js';
import { DrizzlePeople } from './infrastructure/drizzle-people.js';
import { DrizzleSessions } from './infrastructure/drizzle-sessions.js';
import { JoseTokens } from './infrastructure/jose-tokens.js';
import { MailedRecovery } from './infrastructure/mailed-recovery.js';
import { MemoryLoginThrottle } from './infrastructure/memory-login-throttle.js';
import { SessionWatch } from './infrastructure/session-watch.js';
import { AccountController } from './presentation/account.controller.js';
import { AuthController } from './presentation/auth.controller.js';
import { DeviceCookie } from './presentation/device-cookie.js';
import { PeopleController } from './presentation/people.controller.js';
import { RecoveryController } from './presentation/recovery.controller.js';
import { RefreshCookie } from './presentation/refresh-cookie.js';
import { SessionGateway } from './presentation/session.gateway.js';

export interface IdentityOptions {
  /** The first signs, the others are believed. */
  secrets: readonly Buffer[];
  /** People reach the server by https. */
  secure: boolean;
  /** The address people open; null: only each request knows it. */
  publicOrigin: string | null;
  version: string;
}

@Global()
@Module({})
export class IdentityModule {
  static with({ secrets, secure, publicOrigin, version }: IdentityOptions): DynamicModule {
    return {
      module: IdentityModule,
      controllers: [AuthController, AccountController, RecoveryController, PeopleController],
      providers: [
        provide(DrizzleAccounts, [Database], Accounts),
        provide(DrizzleAdmission, [Database], Admission),
        provide(DrizzlePeople, [Database], People),
        provide(DrizzleSessions, [Database], Sessions),
        provide(DrizzleNotices, [Database], Notices),
        provide(DrizzleAudit, [Database, LOGGER], Audit),
        provide(DrizzleAccountLinks, [Database], AccountLinks),
        provide(Argon2Hasher, [], PasswordHasher),
        provide(ListedCommonPasswords, [], CommonPasswords),
        provide(MemoryLoginThrottle, [], LoginThrottle),
        provide(MailedRecovery, [Mailer], RecoveryMail),
        { provide: Tokens, inject: [Clock], useFactory: (clock: Clock) => new JoseTokens(secrets, clock) },
        { provide: RefreshCookie, useFactory: () => new RefreshCookie(secure) },
        { provide: DeviceCookie, useFactory: () => new DeviceCookie(secure) },
        provide(SessionAuthenticator, [Tokens, Sessions], Authenticator),
        provide(SessionWatch, [Sessions, SocketServer, Bus, LOGGER], SessionEnds),
        provide(GrantSession, [Sessions, Tokens]),
        {
          provide: DescribeServer,
          inject: [Accounts, Admission, RecoveryMail],
          useFactory: (accounts: Accounts, admission: Admission, mail: RecoveryMail) =>
            new DescribeServer(accounts, admission, mail, version),
        },
        provide(NewPasswords, [PasswordHasher, CommonPasswords]),
        provide(Register, [Accounts, NewPasswords, LoginThrottle, GrantSession]),
        provide(LogIn, [Accounts, Sessions, PasswordHasher, LoginThrottle, GrantSession, Audit]),
        provide(RefreshSession, [Accounts, Sessions, Tokens, GrantSession, SessionEnds, Audit]),
        provide(LogOut, [Sessions, Tokens, SessionEnds, Audit]),
        provide(ListSessions, [Sessions]),
        provide(EndSession, [Sessions, SessionEnds, Audit]),
        provide(EndOtherSessions, [Sessions, SessionEnds, Audit]),
        provide(ChangePassword, [Accounts, PasswordHasher, NewPasswords, LoginThrottle, SessionEnds, Audit]),
        provide(ListNotices, [Notices]),
        provide(DismissNotice, [Notices]),
        {
          provide: MakeMailedLink,
          inject: [AccountLinks, Audit],
          useFactory: (links: AccountLinks, audit: Audit) => new MakeMailedLink(links, audit, publicOrigin),
        },
        {
          provide: RequestRecovery,
          inject: [Accounts, MakeMailedLink, RecoveryMail, LoginThrottle, LOGGER],
          useFactory: (
            accounts: Accounts,
            makeLink: MakeMailedLink,
            mail: RecoveryMail,
            throttle: LoginThrottle,
            logger: Logger,
          ) => {
            const complain = ({ message }: Error): void =>
              logger.error({ error: message }, 'a recovery mail was not sent');
            return new RequestRecovery(accounts, makeLink, mail, throttle, complain);
          },
        },
        provide(RedeemRecovery, [Accounts, AccountLinks, NewPasswords, SessionEnds, Audit]),
        provide(GetMe, [Accounts]),
        provide(SearchPeople, [People]),
        provide(SessionGateway, [SocketRouter, Authenticator, Clock]),
      ],
      exports: [AccountLinks, Admission, Authenticator, People, SessionEnds],
    };
  }
}
