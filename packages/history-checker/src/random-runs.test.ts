import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ModelChat, type Device } from '../test/model-chat.js';
import { Run } from '../test/planted.js';
import { check } from './check.js';

const REMOVED = 'dora';
const LOST = 'after the copy';
const PEOPLE = ['ana', 'bea', 'carla', REMOVED];

/** What one person does next; numbers are taken modulo what there is. */
const action = fc.record({
  does: fc.constantFrom('send', 'send', 'send', 'edit', 'delete', 'mark', 'remove', 'add', 'deliver', 'deliver'),
  device: fc.nat(),
  target: fc.nat(),
});
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

function begin(): { chat: ModelChat; owner: Device } {
  const chat = new ModelChat();
  chat.join(null, PEOPLE);
  for (const user of PEOPLE) for (const place of ['phone', 'desk']) chat.connect(user, `${user} ${place}`);
  const owner = chat.devices[0]!;
  chat.send(owner, 'the first');
  return { chat, owner };
}

function run(actions: readonly Action[]): Run {
  const { chat, owner } = begin();
  for (const next of actions) act(chat, owner, next);
  return end(chat, owner);
}

/** After the second part a copy is put back that was made after the first. */
function runOverTwoEpochs([first, second, third]: readonly (readonly Action[])[]): Run {
  const { chat, owner } = begin();
  for (const next of first!) act(chat, owner, next);
  const copy = chat.copy();
  chat.send(owner, LOST);
  for (const next of second!) act(chat, owner, next);
  chat.putBack(copy, 'the second');
  for (const next of third!) act(chat, owner, next);
  return end(chat, owner);
}

function end(chat: ModelChat, owner: Device): Run {
  if (chat.isIn(REMOVED)) chat.remove(owner, REMOVED);
  chat.send(owner, 'the last but one');
  chat.deliverAll();
  chat.send(owner, 'the last');
  return new Run(chat.finish());
}

function act(chat: ModelChat, owner: Device, { does, device: number, target }: Action): void {
  const device = chat.devices[number % chat.devices.length]!;
  const other = PEOPLE[1 + (target % (PEOPLE.length - 1))]!;
  const seq = 1 + (target % chat.rows.length);
  const { sender, deleted } = chat.rows[seq - 1]!;
  if (does === 'add') return chat.isIn(other) ? undefined : chat.join(owner, [other]);
  if (does === 'remove') return chat.isIn(other) ? chat.remove(owner, other) : undefined;
  if (!chat.isIn(device.user)) return;
  if (does === 'send') chat.send(device, `text ${chat.rows.length}`);
  else if (does === 'deliver') chat.deliver(device, target % 2 === 0 ? 'live' : 'sync');
  else if (does === 'mark') chat.mark(device, chat.members.get(device.user)!.readRev + (target % 2), seq);
  else if (sender !== device.user || deleted) return;
  else if (does === 'edit') chat.edit(device, seq, `edit ${chat.entries.length}`);
  else chat.delete(device, seq);
}

/** Each makes something wrong in whatever run it is given, and names what must notice it. */
const plants: Record<string, { noticedBy: number; spoil: (run: Run, pick: number) => void }> = {
  'a loss': {
    noticedBy: 1,
    spoil: (run, pick) => run.drop(one(run.all('row'), pick)),
  },
  'a double': {
    noticedBy: 3,
    spoil: (run, pick) => {
      const rows = run.all('row');
      run.entries.push({ ...one(rows, pick), seq: rows.length + 1 });
    },
  },
  'a change taken twice': {
    noticedBy: 3,
    spoil: (run, pick) => {
      const change = one(takenLive(run), pick);
      run.entries.splice(run.entries.indexOf(change), 0, { ...change });
    },
  },
  'a swap': {
    noticedBy: 6,
    spoil: (run, pick) => {
      const seq = 1 + (pick % (run.all('row').length - 1));
      run.swap(seq, seq + 1);
    },
  },
  'a hole': {
    noticedBy: 5,
    spoil: (run, pick) => {
      const changes = takenLive(run).filter(({ client }) => client === 'ana phone');
      run.drop(one(changes.slice(1, -1), pick));
    },
  },
  'a late delivery after a removal': {
    noticedBy: 9,
    spoil: (run, pick) => {
      const { ver: removal } = run.all('change', { kind: 'left', user: REMOVED }).at(-1)!;
      const later = takenLive(run).filter(({ client, ver }) => client === 'ana phone' && ver >= removal);
      run.entries.push({ ...one(later, pick), client: 'dora late', user: REMOVED });
    },
  },
  'a read mark that goes back': {
    noticedBy: 12,
    spoil: (run, pick) => {
      const states = run.all('state', { source: 'client' });
      const { client, user, conversation, mark } = one(states, pick);
      for (const seq of [mark.seq, mark.seq - 1])
        run.entries.push({ type: 'mark', t: run.end, client, user, conversation, rev: mark.rev, seq });
    },
  },
};

const one = <T>(items: readonly T[], pick: number): T => items[pick % items.length]!;
const takenLive = (run: Run) => run.all('receive').filter(({ via }) => via !== 'page');

const actions = fc.array(action, { maxLength: 60 });

it('whatever people do, a right run breaks nothing', () => {
  fc.assert(
    fc.property(actions, (all) => {
      expect(check(run(all).entries).violations).toEqual([]);
    }),
  );
});

const parts = fc.tuple(actions, actions, actions);

it('whatever people do before and after an older copy is put back, a right run breaks nothing', () => {
  fc.assert(
    fc.property(parts, (all) => {
      expect(check(runOverTwoEpochs(all).entries).violations).toEqual([]);
    }),
  );
});

it('what was acknowledged after the copy and not offered again is noticed, unless it was deleted', () => {
  fc.assert(
    fc.property(parts, (all) => {
      const spoilt = runOverTwoEpochs(all);
      const op = spoilt.opOf(LOST);
      const [row] = spoilt.all('row', { op });
      fc.pre(row !== undefined && !row.deleted);
      spoilt.drop(row);
      spoilt.drop(spoilt.all('complete', { op }).at(-1)!);
      const { violations } = check(spoilt.entries);
      expect(violations.find(({ invariant, effect }) => invariant === 1 && effect === 'lost')).toBeDefined();
    }),
  );
});

it.each(Object.keys(plants))('%s is noticed in whatever run it is planted', (name) => {
  const { noticedBy, spoil } = plants[name]!;
  fc.assert(
    fc.property(actions, fc.nat(), (all, pick) => {
      const spoilt = run(all);
      spoil(spoilt, pick);
      const { violations } = check(spoilt.entries);
      expect(violations.map(({ invariant }) => invariant)).toContain(noticedBy);
    }),
  );
});
