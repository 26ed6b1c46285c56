import { Module } from '@nestjs/common';
import { AccountLinks, Admission, People, SessionEnds } from '../identity/public.js';
import { Database } from '../platform/database/database.js';
import { provide } from '../platform/provide.js';
import { CreateInvite } from './application/create-invite.js';
import { EndUserSessions } from './application/end-user-sessions.js';
import { GetServerSettings } from './application/get-server-settings.js';
import { IssueRecoveryLink } from './application/issue-recovery-link.js';
import { ListAudit } from './application/list-audit.js';
import { ListInvites } from './application/list-invites.js';
import { ListUsers } from './application/list-users.js';
import { AuditReader, Invites, ManagedAccounts, ServerSettings, Staff } from './application/ports.js';
import { RevokeInvite } from './application/revoke-invite.js';
import { SetRegistration } from './application/set-registration.js';
import { SetRole } from './application/set-role.js';
import { SuspendUser } from './application/suspend-user.js';
import { TransferOwnership } from './application/transfer-ownership.js';
import { SqlAuditReader } from './infrastructure/sql-audit-reader.js';
import { SqlInvites } from './infrastructure/sql-invites.js';
import { SqlManagedAccounts } from './infrastructure/sql-managed-accounts.js';
import { SqlServerSettings } from './infrastructure/sql-server-settings.js';
import { SqlStaff } from './infrastructure/sql-staff.js';
import { AdministrationController } from './presentation/administration.controller.js';
import { UsersController } from './presentation/users.controller.js';

@Module({
  controllers: [AdministrationController, UsersController],
  providers: [
    provide(SqlStaff, [Database], Staff),
    provide(SqlServerSettings, [Database], ServerSettings),
    provide(SqlInvites, [Database], Invites),
    provide(SqlManagedAccounts, [Database], ManagedAccounts),
    provide(SqlAuditReader, [Database, People], AuditReader),
    provide(GetServerSettings, [Staff, Admission]),
    provide(SetRegistration, [ServerSettings]),
    provide(CreateInvite, [Invites]),
    provide(ListInvites, [Staff, Invites]),
    provide(RevokeInvite, [Invites]),
    provide(ListUsers, [Staff, ManagedAccounts]),
    provide(SetRole, [ManagedAccounts]),
    provide(TransferOwnership, [ManagedAccounts]),
    provide(SuspendUser, [ManagedAccounts, SessionEnds]),
    provide(EndUserSessions, [ManagedAccounts, SessionEnds]),
    provide(IssueRecoveryLink, [ManagedAccounts, AccountLinks]),
    provide(ListAudit, [Staff, AuditReader]),
  ],
})
export class AdministrationModule {}
