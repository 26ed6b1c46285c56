import type { RecordedEntry } from '../src/history.js';
import { CONVERSATION, ModelChat } from './model-chat.js';

/** A run in which nothing goes wrong and of which every statement of every invariant has something to say. */
export function rightRun(): RecordedEntry[] {
  const chat = new ModelChat();
  chat.join(null, ['ana', 'bea', 'carla', 'dora']);
  const phone = chat.connect('ana', 'ana on the phone');
  const desk = chat.connect('ana', 'ana at the desk');
  const bea = chat.connect('bea', 'bea');
  const carla = chat.connect('carla', 'carla');
  const dora = chat.connect('dora', 'dora');
  chat.listen(dora);

  chat.send(phone, 'hola');
  chat.send(bea, 'buenas');
  chat.deliverAll();
  chat.send(bea, '¿quién viene?');
  chat.send(carla, 'yo');
  chat.deliverAll();
  chat.mark(phone, 0, 2);
  chat.mark(desk, 0, 4);
  chat.mark(desk, 1, 3);
  chat.edit(bea, 3, '¿quién viene hoy?');
  chat.delete(carla, 4);
  chat.deliverAll();
  chat.add({ type: 'hole', client: desk.client, conversation: CONVERSATION, seq: 4, shownMs: 400 });

  chat.remove(phone, 'carla');
  chat.send(bea, 'sin carla');
  chat.deliverAll();
  chat.join(phone, ['carla']);
  const refused = chat.begin(dora, { command: 'message:send', body: 'demasiado' });
  chat.add({ type: 'complete', op: refused, client: dora.client, outcome: 'refused', code: 'message_too_long' });
  const open = chat.begin(dora, { command: 'message:send', body: 'a ciegas' });
  chat.add({ type: 'complete', op: open, client: dora.client, outcome: 'unknown', code: 'outcome_unknown' });
  const dropped = chat.begin(dora, { command: 'message:send', body: 'mejor no' });
  chat.cancel(dora, dropped);
  const again = chat.send(carla, 'de vuelta');
  chat.add({ type: 'complete', op: again, client: carla.client, outcome: 'stored', seq: 6, ver: 12 });

  chat.add({ type: 'presence', client: bea.client, user: 'dora', online: true });
  chat.endSession(dora);
  chat.add({ type: 'gone', user: 'dora' });
  chat.wait(30_000);
  chat.add({ type: 'presence', client: bea.client, user: 'dora', online: false });
  chat.wait(20_000);
  return chat.finish();
}
