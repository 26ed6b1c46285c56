import type { Output, sync } from '@tertulia/contract';
import { request } from '../apps/server/test/support/participant.js';
import { quantile } from './support/deliveries.js';
import type { Fault, Measured, Scene } from './support/fault.js';
import { timeToUsableList } from './support/usable-list.js';
import { addLongLife, removeLongLife, type LongLife } from './support/long-life.js';

const MESSAGES = 1_000_000;
const CONVERSATIONS = 5_000;
const PAGE = 50;
const PAGES = 300;
const RESETS = 20;
const PAGE_MS = 50;
const RESET_MS = 300;
const LIST_MS = 2_000;

/** Milliseconds, sorted: what was read, and how long it took each time. */
const pages = new Map<string, number[]>();
let resets: number[] = [];
let list = Infinity;

export const longLife: Fault = {
  id: 'F15',
  hypothesis:
    '1,000,000 messages in one conversation, 5,000 conversations of one person: the p99 of any page stays within 50 ms, a reset within 300 ms, the list is usable within 2 s',
  seconds: 40,
  commandsPerSecond: 40,
  async run(scene) {
    const { cluster, strike } = scene;
    const life = await addLongLife(cluster, MESSAGES, CONVERSATIONS);
    strike('there is a long life to be read');
    const paths = places(life.last);
    for (const [place, queryOf] of Object.entries(paths))
      pages.set(place, await timesOf(PAGES, (turn) => readPage(scene, life, queryOf(turn))));
    resets = await timesOf(RESETS, () => reset(scene, life));
    list = await timeToUsableList(cluster, life);
    await removeLongLife(cluster, life);
  },
  judge({ complain, note }: Scene, { within }: Measured) {
    const p99 = (times: readonly number[]): number => Math.round(quantile(times, 0.99));
    for (const [place, times] of pages) {
      note(`${place} page: p50/p99 ${Math.round(quantile(times, 0.5))}/${p99(times)} ms`);
      if (p99(times) > within(PAGE_MS)) complain(`the p99 of the ${place} page was ${p99(times)} ms`);
    }
    note(
      `reset p50/p99 ${Math.round(quantile(resets, 0.5))}/${p99(resets)} ms, list usable after ${Math.round(list)} ms`,
    );
    if (p99(resets) > within(RESET_MS)) complain(`the p99 of a reset was ${p99(resets)} ms`);
    if (list > within(LIST_MS)) complain(`the list was usable after ${Math.round(list)} ms`);
  },
};

/** By the turn: another page each time, where there is another one. */
const places = (last: number): Record<string, (turn: number) => string> => ({
  newest: () => '',
  oldest: () => `&before=${PAGE + 1}`,
  middle: (turn) => `&after=${Math.floor(last / 2) + turn * PAGE}`,
  around: (turn) => `&around=${PAGE + Math.floor(((last - 2 * PAGE) * turn) / PAGES)}`,
});

async function timesOf(count: number, work: (turn: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const since = performance.now();
    await work(turn);
    times.push(performance.now() - since);
  }
  return times.sort((a, b) => a - b);
}

async function readPage({ cluster, complain }: Scene, { reader, archive }: LongLife, query: string): Promise<void> {
  const path = `/api/conversations/${archive}/messages?limit=${PAGE}${query}`;
  const headers = { authorization: `Bearer ${reader.token}` };
  const { body } = await request<{ messages?: unknown[] }>(urlOf(cluster), 'GET', path, undefined, headers);
  if (body.messages?.length !== PAGE) complain(`${path} answered ${JSON.stringify(body).slice(0, 200)}`);
}

/** As a client does whose cursor is refused: the list and the conversation anew, and its newest page. */
async function reset(scene: Scene, life: LongLife): Promise<void> {
  const { reader, archive } = life;
  const headers = { authorization: `Bearer ${reader.token}` };
  const cursors = [{ conversation: archive, ver: 1, tag: 1 }];
  const url = urlOf(scene.cluster);
  const { body } = await request<Output<typeof sync>>(
    url,
    'POST',
    '/api/sync',
    { epoch: null, uver: 0, cursors },
    headers,
  );
  if (!body.reset) scene.complain('a cursor with a wrong tag was carried on');
  for (const path of ['', `/${archive}`]) await request(url, 'GET', `/api/conversations${path}`, undefined, headers);
  await readPage(scene, life, '');
}

const urlOf = (cluster: Scene['cluster']): string => `http://127.0.0.1:${cluster.nodes[0]!.port}`;
