import { setTimeout } from 'node:timers/promises';
import { Feed } from '../../apps/server/dist/conversation-log/infrastructure/feed.js';

const LATER_MS = 1_500;
const { joinConversations, connected } = Feed.prototype;

/** The streams are joined, and their last ver is taken, after the client was told to take its snapshot. */
Feed.prototype.connected = async function connectedTooEarly(socket) {
  this.joinConversations = async () => undefined;
  await connected.call(this, socket);
  delete this.joinConversations;
  await setTimeout(LATER_MS);
  if (socket.connected) await joinConversations.call(this, socket.data.actor.userId);
};
