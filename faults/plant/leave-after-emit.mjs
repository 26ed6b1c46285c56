import { ChangeReader } from '../../apps/server/dist/conversation-log/infrastructure/change-reader.js';
import { Feed } from '../../apps/server/dist/conversation-log/infrastructure/feed.js';

const { emit } = Feed.prototype;

/** Who was removed is told so in the stream, and leaves it afterwards. */
Feed.prototype.emit = async function emitAndLeave(stream, { left, ...change }) {
  await emit.call(this, stream, change);
  if (left !== undefined) this.audience.leave(stream, left, change.wire.ver);
};

/** Nor does anybody leave before what is read is told. */
ChangeReader.prototype.readLeaves = () => Promise.resolve([]);
