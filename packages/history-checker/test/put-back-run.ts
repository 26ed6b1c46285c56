import type { RecordedEntry } from '../src/history.js';
import { CONVERSATION, ModelChat } from './model-chat.js';

/** A run in which nothing goes wrong, though an older copy of the database is put back: message 4 becomes another one. */
export function putBackRun(): RecordedEntry[] {
  const chat = new ModelChat();
  chat.join(null, ['ana', 'bea', 'carla']);
  const ana = chat.connect('ana', 'ana');
  const bea = chat.connect('bea', 'bea');
  const carla = chat.connect('carla', 'carla');
  chat.send(ana, 'kept');
  chat.send(bea, 'deleted after the copy');
  chat.remove(ana, 'carla');
  const copy = chat.copy();

  chat.delete(bea, 2);
  chat.join(ana, ['carla']);
  chat.send(carla, 'not a member in the copy');
  chat.send(ana, 'lost');
  chat.edit(ana, 4, 'lost, and its last words');
  chat.send(bea, 'lost, and deleted');
  chat.delete(bea, 5);
  chat.edit(ana, 1, 'kept, but not this');
  chat.deliverAll();

  chat.putBack(copy, 'the second');
  chat.send(bea, 'new');
  chat.edit(bea, 4, 'new, and edited');
  heardBeforeReady(chat, 4);
  return chat.finish();
}

/** A connection is in the streams before it is told the epoch. */
function heardBeforeReady(chat: ModelChat, seq: number): void {
  const message = { ...chat.rows[seq - 1]! };
  const change = { conversation: CONVERSATION, ver: message.ver, kind: 'message:changed', message };
  chat.add({ type: 'receive', client: 'bea#2', user: 'bea', via: 'live', ...change });
  chat.add({ type: 'epoch', client: 'bea#2', epoch: 'the second' });
}
