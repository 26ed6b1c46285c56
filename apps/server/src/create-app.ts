import { limits } from '@tertulia/contract';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import express from 'express';
import helmet from 'helmet';
import { existsSync } from 'node:fs';
import { AppModule, type AppOptions } from './app.module.js';
import type { Config } from './config.js';
import { Feed } from './conversation-log/public.js';
import { drain } from './drain.js';
import { DrainState } from './platform/drain-state.js';
import { apiDocs } from './platform/http/api-docs.js';
import { requirePolicies } from './platform/http/require-policies.js';
import { webFiles } from './platform/http/web-files.js';
import { FrameworkLogger } from './platform/logging/logger.js';
import { SlowReaders } from './platform/realtime/slow-readers.js';
import { SocketRouter } from './platform/realtime/socket-router.js';
import { SocketServer } from './platform/realtime/socket-server.js';
import { UserSockets } from './platform/realtime/user-sockets.js';
import { PresenceGateway } from './presence/public.js';

export interface RunningApp {
  app: NestExpressApplication;
  /** Finishes what is being stored, answers it, tells the sockets, closes. */
  stop(): Promise<void>;
}

/** The whole server but for its PostgreSQL: wired, listening to nobody yet. */
export async function createApp(config: Config, options: AppOptions): Promise<RunningApp> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(options), {
    bodyParser: false,
    logger: new FrameworkLogger(options.logger),
    abortOnError: false,
  });
  requirePolicies(app.get(ModulesContainer));
  useHttp(app, config);
  await app.init();
  openSockets(app);
  return { app, stop: () => drain(app, options.logger) };
}

function useHttp(app: NestExpressApplication, config: Config): void {
  // One hop: what the nearest proxy has written, not what a visitor claims.
  if (config.trustProxy) app.set('trust proxy', 1);
  app.disable('x-powered-by');
  // Of what is not to be stored there is nothing to compare; files bring their own.
  app.disable('etag');
  app.use(
    helmet({
      contentSecurityPolicy: false,
      referrerPolicy: { policy: 'no-referrer' },
      // For browsers and plugins that are no more; every file of a page would carry them.
      xDownloadOptions: false,
      xPermittedCrossDomainPolicies: false,
      xDnsPrefetchControl: false,
      strictTransportSecurity: config.publicUrl?.protocol === 'https:' ? { maxAge: 31_536_000 } : false,
    }),
  );
  app.enableCors({ origin: config.corsOrigins, credentials: true, maxAge: 600, exposedHeaders: ['Retry-After'] });
  app.use('/api', noStore, letGo(app));
  app.use('/api/docs', apiDocs());
  if (existsSync(config.webDir)) app.use(webFiles(config.webDir));
  app.use(express.json({ limit: limits.frameBytes }));
  // Where a cookie is looked at; a message is sent without one.
  app.use(['/api/auth', '/api/server'], cookieParser());
}

const noStore: express.RequestHandler = (_, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** While draining: the next request of this client goes to another node, not down the same connection. */
function letGo(app: NestExpressApplication): express.RequestHandler {
  const state = app.get(DrainState);
  return (_, response, next) => {
    if (state.isDraining) response.setHeader('Connection', 'close');
    next();
  };
}

function openSockets(app: NestExpressApplication): void {
  const sockets = app.get(SocketServer);
  sockets.onConnection(app.get(SocketRouter));
  sockets.onConnection(app.get(UserSockets));
  sockets.onConnection(app.get(Feed));
  sockets.onConnection(app.get(PresenceGateway));
  app.get(SlowReaders).watch(app.get(Feed));
  sockets.attach(app.getHttpServer());
}
