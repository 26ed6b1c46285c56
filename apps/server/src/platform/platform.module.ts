import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import cluster from 'node:cluster';
import { Authenticator } from '../shared/authenticator.js';
import { Clock } from '../shared/clock.js';
import { Bus, NoBus } from './bus/bus.js';
import { IpcBus } from './bus/ipc-bus.js';
import { RedisBus } from './bus/redis-bus.js';
import { DATA_FOLDER } from './data-dir.js';
import { Database } from './database/database.js';
import { DatabaseClock } from './database/database-clock.js';
import { DrainState } from './drain-state.js';
import { AccessGuard } from './http/access-guard.js';
import { AppErrorFilter } from './http/app-error-filter.js';
import { HealthController } from './http/health.controller.js';
import { Origins } from './http/origins.js';
import { LOGGER, type Logger } from './logging/logger.js';
import { Mailer, NoMailer } from './mail/mailer.js';
import { SmtpMailer, type SmtpOptions } from './mail/smtp-mailer.js';
import { provide } from './provide.js';
import { Door, type DoorLimits } from './realtime/door.js';
import { Emitter } from './realtime/emitter.js';
import { SlowReaders } from './realtime/slow-readers.js';
import { SocketRouter } from './realtime/socket-router.js';
import { SocketServer } from './realtime/socket-server.js';
import { UserSockets } from './realtime/user-sockets.js';

export interface PlatformOptions {
  databaseUrl: string;
  redis: { url: string; namespace: string } | null;
  dataFolder: string;
  origins: Origins;
  logger: Logger;
  eventsPerSecond: number;
  door: DoorLimits;
  /** null: no mail is sent. */
  smtp: SmtpOptions | null;
}

/** What every feature stands on. Knows none of them: who asks is told by the Authenticator, which one of them provides. */
@Global()
@Module({})
export class PlatformModule {
  static with({
    databaseUrl,
    redis,
    dataFolder,
    origins,
    logger,
    eventsPerSecond,
    door,
    smtp,
  }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      controllers: [HealthController],
      providers: [
        provide(DrainState, []),
        { provide: LOGGER, useValue: logger },
        { provide: DATA_FOLDER, useValue: dataFolder },
        { provide: Origins, useValue: origins },
        { provide: Bus, useFactory: () => openBus(redis, logger) },
        {
          provide: Database,
          inject: [Bus],
          useFactory: ({ nodeId }: Bus) => new Database(databaseUrl, nodeId, logger),
        },
        provide(DatabaseClock, [Database], Clock),
        { provide: Mailer, useFactory: () => (smtp ? new SmtpMailer(smtp) : new NoMailer()) },
        {
          provide: Door,
          inject: [DrainState],
          useFactory: (drain: DrainState) => new Door(origins, drain, door, logger),
        },
        provide(SocketServer, [Authenticator, Door, Clock, LOGGER]),
        provide(UserSockets, [SocketRouter]),
        { provide: SocketRouter, useFactory: () => new SocketRouter(logger, eventsPerSecond) },
        provide(Emitter, [SocketServer]),
        provide(SlowReaders, [SocketServer, LOGGER]),
        { ...provide(AccessGuard, [Authenticator, Origins]), provide: APP_GUARD },
        { ...provide(AppErrorFilter, [LOGGER]), provide: APP_FILTER },
      ],
      exports: [
        LOGGER,
        DrainState,
        DATA_FOLDER,
        Origins,
        Bus,
        Database,
        Clock,
        Mailer,
        SocketServer,
        SocketRouter,
        Emitter,
        SlowReaders,
        UserSockets,
      ],
    };
  }
}

function openBus(redis: PlatformOptions['redis'], logger: Logger): Bus {
  if (redis) return new RedisBus(redis.url, redis.namespace, logger);
  return cluster.isWorker ? new IpcBus() : new NoBus();
}
