import type { Change } from '@tertulia/contract';
import type { TertuliaClient } from '../../packages/client/src/api.js';
import type { Parts } from '../../packages/client/src/parts.js';
import type { Cursor } from '../../packages/client/src/sync/follower.js';
import type { Browser } from '../support/browser.js';
import type { Device } from '../support/device.js';

const cursorsOf = new WeakMap<Browser, Map<string, Cursor>>();

/** The tabs of a browser move one cursor: what one of them has taken is old news to the other, and sync asks from there. */
export function shareCursor({ client, browser }: Device): void {
  const cursors = cursorsOf.get(browser) ?? new Map<string, Cursor>();
  cursorsOf.set(browser, cursors);
  const { feed } = partsOf(client);
  const receive = feed.receive.bind(feed);
  const cursorOf = feed.cursorOf.bind(feed);
  feed.receive = (change: Change) => {
    if (change.ver <= (cursors.get(change.conversation)?.ver ?? 0)) return;
    cursors.set(change.conversation, { ver: change.ver, tag: change.tag });
    receive(change);
  };
  feed.cursorOf = (conversation) => cursors.get(conversation) ?? cursorOf(conversation);
}

function partsOf(client: TertuliaClient): Parts {
  const { engine } = client as unknown as { engine: { parts: Parts } | null };
  if (engine === null) throw new Error('nobody is signed in: the bug cannot be planted');
  return engine.parts;
}
