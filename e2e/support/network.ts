import type { BrowserContext, Page, WebSocketRoute } from 'playwright-core';

export interface Wire {
  cut(): Promise<void>;
  restore(): Promise<void>;
}

/**
 * The network of a profile, to be cut and restored: no answer from the API and no socket, not even those that were open, which
 * the browser's own switch leaves alone. Pages are still served. Only pages opened after this are on it.
 */
export async function cuttable(context: BrowserContext): Promise<Wire> {
  let whole = true;
  const sockets = new Set<WebSocketRoute>();
  await context.route('**/api/**', (route) => (whole ? route.continue() : route.abort('internetdisconnected')));
  await context.routeWebSocket(/socket\.io/, (socket) => {
    if (!whole) return void socket.close();
    sockets.add(socket);
    socket.connectToServer();
  });
  return {
    cut: async () => {
      whole = false;
      for (const socket of sockets) await socket.close();
      sockets.clear();
    },
    restore: () => {
      whole = true;
      return Promise.resolve();
    },
  };
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

/** Reloads the page once, in the same moment in which it puts its first message on the screen. */
export const reloadWhenDrawn = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    if (sessionStorage.getItem('reloaded') !== null) return;
    new MutationObserver((_, observer) => {
      if (document.querySelector('[role="log"] article') === null) return;
      observer.disconnect();
      sessionStorage.setItem('reloaded', 'yes');
      location.reload();
    }).observe(document, { childList: true, subtree: true });
  });

/** A browser that refuses to store anything, as some do in private windows. */
export const refuseStorage = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });

/** What a browser may do when room is short, or when a page was not visited for a week: only cookies stay. */
export const evictStorage = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'indexeddb,local_storage',
  });
};

/** How many conversations this browser could show without a network: they are stored a moment after they came. */
export const cachedConversations = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('tertulia');
        opening.onerror = () => reject(new Error('no storage'));
        opening.onsuccess = () => {
          const counting = opening.result.transaction('rows').objectStore('rows').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );

/** From now on there is no room for anything more, as on a full disk. */
export const fillStorage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const refuse = (): never => {
      throw new DOMException('No room is left.', 'QuotaExceededError');
    };
    IDBObjectStore.prototype.put = refuse;
    IDBObjectStore.prototype.add = refuse;
  });

/** The process of the page is gone, in the middle of whatever it did. */
export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Nobody is left to answer.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}
