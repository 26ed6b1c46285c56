import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { LaneMessageLog } from '../../apps/server/dist/messaging/infrastructure/lane-message-log.js';
import { Database } from '../../apps/server/dist/platform/database/database.js';

const LATER_MS = 150;
let database;
const { open } = Database.prototype;
Database.prototype.open = function openAndKeep(...args) {
  database = this;
  return open.apply(this, args);
};

/** The place is told as soon as it is known, and the commit comes a moment later. */
LaneMessageLog.prototype.append = ({ conversation, actor, id, body }) =>
  new Promise((resolve, reject) => {
    const store = async (tx) => {
      const { rows } = await tx.execute(sql`
        select outcome, seq, ver, tag, at_ms::float8 as at
          from send_message(${conversation.id}, ${actor.userId}, ${actor.sessionId}, ${id}::uuid, ${body})`);
      const { outcome, ...place } = rows[0];
      resolve({ isNew: outcome === 'stored', ...place });
      await setTimeout(LATER_MS);
    };
    database.db.transaction(store).catch(reject);
  });
