import type { BrowserContext } from 'playwright-core';

/** Pages are still served, but nothing of the API answers and no socket opens: a server behind a dead proxy. */
export async function cutFromApi(context: BrowserContext): Promise<{ restore: () => void }> {
  let cut = true;
  await context.route('**/api/**', (route) => (cut ? route.abort('connectionrefused') : route.continue()));
  await context.routeWebSocket(/socket\.io/, (socket) => {
    if (cut) void socket.close();
    else socket.connectToServer();
  });
  return { restore: () => (cut = false) };
}

/** The page introduces itself as one that speaks an older protocol, until it is told not to. */
export async function speakOldProtocol(context: BrowserContext): Promise<{ restore: () => void }> {
  let old = true;
  await context.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((packet) => {
      const text = packet.toString();
      server.send(old && text.startsWith('40') ? text.replace(/"protocol":\d+/, '"protocol":0') : packet);
    });
  });
  return { restore: () => (old = false) };
}

/** A browser that refuses to store anything, as some do in private windows. */
export const refuseStorage = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
