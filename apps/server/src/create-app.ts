import { limits } from '@tertulia/contract';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import express from 'express';
import helmet from 'helmet';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { AppModule, type AppOptions } from './app.module.js';
import type { Config } from './config.js';
import { Feed, Lane } from './conversation-log/public.js';
import { apiDocs } from './platform/http/api-docs.js';
import { requirePolicies } from './platform/http/require-policies.js';
import { webFiles } from './platform/http/web-files.js';
import { FrameworkLogger } from './platform/logging/logger.js';
import { SocketRouter } from './platform/realtime/socket-router.js';
import { SocketServer } from './platform/realtime/socket-server.js';
import { PresenceGateway } from './presence/public.js';

/** Clients come back spread over this time after a drain. */
const RETURN_SPREAD_MS = 2_000;

/** Browsers open connections ahead and Node counts those as busy: what has not ended by then is not waited for. */
const PATIENCE_MS = 1_000;

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
  return { app, stop: () => stop(app) };
}

function useHttp(app: NestExpressApplication, config: Config): void {
  // One hop: what the nearest proxy has written, not what a visitor claims.
  if (config.trustProxy) app.set('trust proxy', 1);
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: false,
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: config.publicUrl?.protocol === 'https:' ? { maxAge: 31_536_000 } : false,
    }),
  );
  app.enableCors({ origin: config.corsOrigins, credentials: true, maxAge: 600, exposedHeaders: ['Retry-After'] });
  app.use('/api', noStore);
  app.use('/api/docs', apiDocs());
  if (existsSync(config.webDir)) app.use(webFiles(config.webDir));
  app.use(express.json({ limit: limits.frameBytes }), cookieParser());
}

const noStore: express.RequestHandler = (_, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

function openSockets(app: NestExpressApplication): void {
  const sockets = app.get(SocketServer);
  sockets.onConnection(app.get(SocketRouter));
  sockets.onConnection(app.get(Feed));
  sockets.onConnection(app.get(PresenceGateway));
  sockets.attach(app.getHttpServer());
}

async function stop(app: NestExpressApplication): Promise<void> {
  const sockets = app.get(SocketServer);
  sockets.sayBye(RETURN_SPREAD_MS);
  await app.get(Lane).close();
  // Acknowledgements of the last batch are on their way: one turn of the event loop lets them out.
  await new Promise(setImmediate);
  const impatient = setTimeout(() => httpOf(app).closeAllConnections(), PATIENCE_MS).unref();
  await sockets.close();
  await app.close();
  clearTimeout(impatient);
}

const httpOf = (app: NestExpressApplication): Server => app.getHttpServer();
