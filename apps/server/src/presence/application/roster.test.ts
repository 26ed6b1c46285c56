import { beforeEach, expect, it } from 'vitest';
import { OtherNodes } from '../domain/other-nodes.js';
import { LocalSockets, NodeCensus } from './ports.js';
import { Roster } from './roster.js';

class Sockets extends LocalSockets {
  readonly open = new Set<number>();
  areOf(userId: number): boolean {
    return this.open.has(userId);
  }
}

class Census extends NodeCensus {
  others: readonly string[] | null = [];
  look(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

let time: number;
let connected: boolean;
let sockets: Sockets;
let census: Census;
let others: OtherNodes;
let roster: Roster;

beforeEach(() => {
  time = 0;
  connected = false;
  sockets = new Sockets();
  census = new Census();
  others = new OtherNodes(() => time);
  roster = new Roster(
    sockets,
    others,
    census,
    () => connected,
    () => time,
  );
});

it('one node alone knows everybody', () => {
  expect(roster.arrived(1)).toBe(true);
  expect([roster.stateOf(1), roster.stateOf(2)]).toEqual(['online', 'offline']);
});

it('who comes back in time was never away; who does not is gone once', () => {
  roster.arrived(1);
  roster.left(1);
  time = 4_000;
  expect([roster.stateOf(1), roster.takeGone()]).toEqual(['online', []]);
  expect(roster.arrived(1)).toBe(false);
  time = 20_000;
  expect(roster.takeGone()).toEqual([]);
  roster.left(1);
  time = 26_000;
  expect([roster.takeGone(), roster.takeGone(), roster.stateOf(1)]).toEqual([[1], [], 'offline']);
});

it('a tab that closes while another is open, or opening, is no absence', () => {
  sockets.open.add(1);
  roster.arrived(1);
  roster.left(1);
  time = 10_000;
  expect(roster.takeGone()).toEqual([]);
  sockets.open.delete(1);
  roster.left(1);
  sockets.open.add(1);
  time = 20_000;
  expect([roster.takeGone(), roster.stateOf(1)]).toEqual([[], 'online']);
});

it('nobody is told offline while a node of the same database is not heard', () => {
  census.others = ['b'];
  expect(roster.stateOf(2)).toBe('unknown');
  connected = true;
  expect(roster.stateOf(2)).toBe('unknown');
  others.list('b', 1, [3]);
  expect([roster.stateOf(2), roster.stateOf(3)]).toEqual(['offline', 'online']);
  census.others = ['b', 'c'];
  expect([roster.stateOf(2), roster.stateOf(3)]).toEqual(['unknown', 'online']);
});

it('without the bus, people of other nodes are unknown and those of this one online', () => {
  census.others = ['b'];
  connected = true;
  others.list('b', 1, [3]);
  roster.arrived(1);
  connected = false;
  expect([roster.stateOf(1), roster.stateOf(2), roster.stateOf(3)]).toEqual(['online', 'unknown', 'unknown']);
});

it('when the nodes cannot be counted, who is nowhere is unknown', () => {
  census.others = null;
  expect(roster.stateOf(2)).toBe('unknown');
});
