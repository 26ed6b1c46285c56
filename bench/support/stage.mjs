import { randomUUID } from 'node:crypto';
import { Accounts, command, inParallel } from './accounts.mjs';
import { startBaseline } from './baseline.mjs';
import { startGenerator } from './generator.mjs';
import { startTertulia } from './tertulia.mjs';

/** Servers and people shared by the benches of one run, each made when it is first asked for. */
export class Stage {
  constructor(options = {}) {
    this.options = options;
    this.accounts = new Accounts();
    this.started = new Map();
  }

  tertulia = () => this.once('tertulia', () => startTertulia(this.options));
  baseline = () => this.once('baseline', () => startBaseline(this.options));
  generator = () => this.once('generator', () => Promise.resolve(startGenerator()));

  once(name, make) {
    if (!this.started.has(name)) this.started.set(name, make());
    return this.started.get(name);
  }

  has(name) {
    return this.started.has(name);
  }

  async people(count) {
    const { url } = await this.tertulia();
    return this.accounts.take(url, count);
  }

  /** Direct conversations, each of two people who both write. */
  async directScene(pairs) {
    const { url } = await this.tertulia();
    const people = await this.people(pairs * 2);
    const rows = await inParallel(pairsOf(people), ([one, other]) =>
      command(url, one, '/api/conversations/direct', { user: other.id }),
    );
    const members = pairsOf(people.map((_, index) => index));
    return this.scene(
      people,
      rows.map(({ row }, index) => ({ id: row.id, members: members[index], senders: members[index] })),
    );
  }

  /** One group of so many members, of whom a few write. */
  async groupScene(size, senders) {
    const { url } = await this.tertulia();
    const people = await this.people(size);
    const { row } = await command(url, people[0], '/api/conversations/groups', {
      op: randomUUID(),
      name: 'Todos',
      users: [],
    });
    for (let first = 1; first < size; first += 100) {
      const users = people.slice(first, first + 100).map(({ id }) => id);
      await command(url, people[0], `/api/conversations/${row.id}/add-members`, { op: randomUUID(), users });
    }
    const members = people.map((_, index) => index);
    return this.scene(people, [{ id: row.id, members, senders: members.slice(0, senders), room: 'group' }]);
  }

  async scene(people, conversations) {
    const tertulia = await this.tertulia();
    const baseline = await this.baseline();
    return {
      tertulia: {
        processes: { server: tertulia.pid, postgres: tertulia.postgres },
        crowd: crowdOf(tertulia.url, people, conversations),
      },
      bare: { processes: { server: baseline.pid }, crowd: bareCrowdOf(baseline.url, people, conversations) },
    };
  }

  async stop() {
    for (const started of this.started.values()) await (await started).stop();
    this.started.clear();
  }
}

const pairsOf = (list) => Array.from({ length: list.length / 2 }, (_, index) => [list[2 * index], list[2 * index + 1]]);

const crowdOf = (url, people, conversations) => ({
  url,
  people: people.map(({ token }) => ({ auth: { token, protocol: 1 } })),
  conversations: conversations.map(({ id, members, senders }) => ({ id, members, senders })),
});

const bareCrowdOf = (url, people, conversations) => ({
  url,
  people: people.map((_, user) => ({ auth: { user, rooms: conversations.flatMap(({ room }) => room ?? []) } })),
  conversations: conversations.map(({ members, senders, room }) => ({
    id: room ?? members.map((user) => `u:${user}`).join(' '),
    members,
    senders,
  })),
});
