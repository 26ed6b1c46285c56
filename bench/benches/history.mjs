import { command } from '../support/accounts.mjs';
import { fillConversation } from '../support/fill-conversation.mjs';
import { cpuDuring } from '../support/cpu.mjs';
import { median, shown } from '../support/numbers.mjs';

const MESSAGES = 120_000;
const PAGE = 50;
const REQUESTS = 1_500;
const IN_FLIGHT = 8;
const ROUNDS = 3;

/** Pages of a long conversation: the oldest must cost what the newest costs. */
export async function history(stage) {
  const tertulia = await stage.tertulia();
  const [reader, other] = await stage.people(2);
  const { row } = await command(tertulia.url, reader, '/api/conversations/direct', { user: other.id });
  const last = await fillConversation(tertulia.databaseUrl, row.id, MESSAGES);
  const page = (query) => `/api/conversations/${row.id}/messages?limit=${PAGE}${query}`;
  const places = {
    newest: [page('')],
    oldest: [page(`&before=${PAGE + 1}`)],
    anywhere: spread(last).map((seq) => page(`&around=${seq}`)),
  };
  const runs = await readAll(stage, tertulia, reader, places);
  return rowsOf(runs);
}

const spread = (last) => Array.from({ length: 200 }, (_, index) => 100 + Math.floor(((last - 200) * index) / 200));

async function readAll(stage, tertulia, { token }, places) {
  const generator = await stage.generator();
  const processes = { server: tertulia.pid, postgres: tertulia.postgres, generator: generator.pid };
  const runs = Object.fromEntries(Object.keys(places).map((place) => [place, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [place, paths] of Object.entries(places)) {
      const options = { url: tertulia.url, token, paths, expected: PAGE, requests: REQUESTS, inFlight: IN_FLIGHT };
      const { result, cpu } = await cpuDuring(processes, () => generator.call('readPages', options));
      if (result.problems.length > 0) throw new Error(result.problems.join('; '));
      // The first round only warms up.
      if (round > 0) runs[place].push({ ...result, ...perPage(cpu) });
    }
  }
  return runs;
}

const perPage = ({ work, server, postgres }) => ({
  cpuMs: work / REQUESTS,
  serverMs: server / REQUESTS,
  postgresMs: postgres / REQUESTS,
});

function rowsOf(runs) {
  const of = (place, name) => median(runs[place].map((run) => run[name]));
  const row = (place, text) => ({
    work: `${text} of ${MESSAGES.toLocaleString('en')} messages, ${IN_FLIGHT} at once: pages/s; p99 ms; CPU-ms per page`,
    tertulia: `${shown(of(place, 'perSecond'))}; ${shown(of(place, 'p99'))}; ${shown(of(place, 'cpuMs'))} (server ${shown(of(place, 'serverMs'))}, PostgreSQL ${shown(of(place, 'postgresMs'))})`,
    target: 'p99 ≤ 15',
    isMet: of(place, 'p99') <= 15,
  });
  const ratio = of('oldest', 'cpuMs') / of('newest', 'cpuMs');
  return [
    row('newest', `newest ${PAGE}`),
    row('oldest', `oldest ${PAGE}`),
    row('anywhere', `${PAGE} around a message anywhere`),
    { work: 'oldest page beside the newest: CPU', ratio, target: '≤ 1.2 ×', isMet: ratio <= 1.2 },
  ];
}
