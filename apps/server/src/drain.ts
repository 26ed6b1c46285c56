// Docs: docs/realtime-protocol.md#limits-and-pressure
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import { Lane } from './conversation-log/public.js';
import { DrainState } from './platform/drain-state.js';
import type { Logger } from './platform/logging/logger.js';
import { SocketServer } from './platform/realtime/socket-server.js';
import { within } from './shared/within.js';

/** Longer than any statement may take. */
const LANE_MS = 10_000;
/** Browsers open connections ahead and Node counts those as busy: what has not ended by then is not waited for. */
const HTTP_MS = 1_000;
const CLOSE_MS = 5_000;

/** From "not ready" to closed: finishes what is being stored and answers it; a part that is stuck is left behind. */
export async function drain(app: NestExpressApplication, logger: Logger): Promise<void> {
  const sockets = app.get(SocketServer);
  app.get(DrainState).begin();
  sockets.sayBye();
  if (!(await within(LANE_MS, app.get(Lane).close())))
    logger.error('what was being stored could not be finished; clients send it again');
  // Acknowledgements of the last batch are on their way: one turn of the event loop lets them out.
  await new Promise(setImmediate);
  const impatient = setTimeout(() => httpOf(app).closeAllConnections(), HTTP_MS).unref();
  await sockets.close();
  if (!(await within(CLOSE_MS, app.close()))) logger.error('the connections to the database could not be closed');
  clearTimeout(impatient);
}

const httpOf = (app: NestExpressApplication): Server => app.getHttpServer();
