import { once } from 'node:events';
import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Link } from './link.js';
import { LossyBell } from './lossy-bell.js';
import { pause } from './processes.js';
import { Random } from './random.js';
import { messageLike, RespSplitter, stringsOf } from './resp.js';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Answers everything it is told. */
async function echo(): Promise<number> {
  const server = net.createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(server);
  return (server.address() as net.AddressInfo).port;
}

async function linked(): Promise<{ link: Link; socket: net.Socket; heard: () => string }> {
  const port = await echo();
  const link = await Link.open(() => port);
  open.unshift(link);
  const socket = net.connect(link.port, '127.0.0.1').on('error', () => undefined);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'connect');
  return { link, socket, heard: () => text };
}

async function says(socket: net.Socket, text: string): Promise<void> {
  socket.write(text);
  await pause(100);
}

it('a link passes, holds everything while it is a hole, and gives it when it heals', async () => {
  const { link, socket, heard } = await linked();
  await says(socket, 'one ');
  expect(heard()).toBe('one ');
  link.weather = 'hole';
  await says(socket, 'two ');
  expect(heard()).toBe('one ');
  expect(socket.destroyed).toBe(false);
  link.weather = 'pass';
  await pause(100);
  expect(heard()).toBe('one two ');
});

it('a cut link breaks what is open and refuses what is new', async () => {
  const { link, socket } = await linked();
  link.weather = 'cut';
  await once(socket, 'close');
  const late = net.connect(link.port, '127.0.0.1').on('error', () => undefined);
  await once(late, 'close');
});

it('a forsaken connection stays open and nobody answers; a new one is served', async () => {
  const { link, socket, heard } = await linked();
  link.forsake();
  await says(socket, 'hello');
  expect(socket.destroyed).toBe(false);
  expect(heard()).toBe('');
  const fresh = net.connect(link.port, '127.0.0.1');
  fresh.write('hello');
  const [answer] = (await once(fresh, 'data')) as [Buffer];
  expect(answer.toString()).toBe('hello');
  fresh.destroy();
});

const published = (payload: string): Buffer => messageLike(Buffer.from('*'), ['message', 'bell', payload]);

it('replies are found whatever the pieces they come in', () => {
  const replies = [
    published('{"1":2}'),
    Buffer.from('+OK\r\n'),
    Buffer.from('$-1\r\n'),
    Buffer.from('*1\r\n*1\r\n:7\r\n'),
  ];
  const all = Buffer.concat(replies);
  for (const size of [1, 3, 7, all.length]) {
    const splitter = new RespSplitter();
    const found: Buffer[] = [];
    for (let at = 0; at < all.length; at += size) found.push(...splitter.push(all.subarray(at, at + size)));
    expect(found.map(String)).toEqual(replies.map(String));
  }
  expect(stringsOf(replies[0]!)).toEqual(['message', 'bell', '{"1":2}']);
  expect(stringsOf(replies[3]!)).toBeNull();
});

it('a lossy bell drops, doubles and forges messages, and nothing else', () => {
  const bell = new LossyBell(new Random(1), { drops: 0.3, doubles: 0.3, delays: 0, forges: 0.3, delayMs: 0 });
  const out: string[] = [];
  const shape = bell.shape();
  for (let n = 0; n < 1_000; n += 1) {
    shape(published(String(n)), (data) => out.push(String(data)));
    shape(Buffer.from('+PONG\r\n'), (data) => out.push(String(data)));
  }
  const { passed, doubled, forged, dropped } = bell.counts;
  expect(out.filter((reply) => reply === '+PONG\r\n')).toHaveLength(1_000);
  expect(out).toHaveLength(1_000 + passed + doubled + forged);
  expect(passed + dropped).toBe(1_000);
  for (const count of [dropped, doubled, forged]) expect(count).toBeGreaterThan(200);
});
