import { writeSync } from 'node:fs';
import { LaneMessageLog } from '../../apps/server/dist/messaging/infrastructure/lane-message-log.js';

const { append } = LaneMessageLog.prototype;
let armed = false;
process.on('SIGUSR2', () => (armed = true));

/** Once armed, the process is gone between the commit of the next message and its acknowledgement. */
LaneMessageLog.prototype.append = async function appendAndDie(message) {
  const appended = await append.call(this, message);
  if (armed && appended.isNew) {
    writeSync(2, `died after storing ${message.id} at ${message.conversation.publicId}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
  return appended;
};
