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
import { AccessGuard } from './http/access-guard.js';
import { AppErrorFilter } from './http/app-error-filter.js';
import { Origins } from './http/origins.js';
import { LOGGER, type Logger } from './logging/logger.js';
import { provide } from './provide.js';
import { Emitter } from './realtime/emitter.js';
import { SocketRouter } from './realtime/socket-router.js';
import { SocketServer } from './realtime/socket-server.js';

export interface PlatformOptions {
  databaseUrl: string;
  redis: { url: string; namespace: string } | null;
  dataFolder: string;
  origins: Origins;
  logger: Logger;
  eventsPerSecond: number;
}

/** What every feature stands on. Knows none of them: who asks is told by the Authenticator, which one of them provides. */
@Global()
@Module({})
export class PlatformModule {
  static with({ databaseUrl, redis, dataFolder, origins, logger, eventsPerSecond }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: DATA_FOLDER, useValue: dataFolder },
        { provide: Origins, useValue: origins },
        { provide: Database, useFactory: () => new Database(databaseUrl, logger) },
        { provide: Bus, useFactory: () => openBus(redis, logger) },
        provide(DatabaseClock, [Database], Clock),
        provide(SocketServer, [Authenticator, Origins, Clock, LOGGER]),
        { provide: SocketRouter, useFactory: () => new SocketRouter(logger, eventsPerSecond) },
        provide(Emitter, [SocketServer]),
        { ...provide(AccessGuard, [Authenticator, Origins]), provide: APP_GUARD },
        { ...provide(AppErrorFilter, [LOGGER]), provide: APP_FILTER },
      ],
      exports: [LOGGER, DATA_FOLDER, Origins, Bus, Database, Clock, SocketServer, SocketRouter, Emitter],
    };
  }
}

function openBus(redis: PlatformOptions['redis'], logger: Logger): Bus {
  if (redis) return new RedisBus(redis.url, redis.namespace, logger);
  return cluster.isWorker ? new IpcBus() : new NoBus();
}
