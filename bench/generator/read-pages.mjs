import { performance } from 'node:perf_hooks';
import http from 'node:http';
import { percentile } from '../support/numbers.mjs';

/** The same pages over and over, so many at a time; each must hold the expected number of messages. */
export async function readPages({ url, token, paths, expected, requests, inFlight }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: inFlight });
  const times = [];
  const problems = [];
  let started = 0;
  const reader = async () => {
    while (started < requests) {
      const path = paths[started % paths.length];
      started += 1;
      const since = performance.now();
      const { status, text } = await get(`${url}${path}`, token, agent);
      times.push(performance.now() - since);
      const found = status === 200 ? JSON.parse(text).messages.length : status;
      if (found !== expected && problems.length < 5) problems.push(`${path}: ${found} instead of ${expected}`);
    }
  };
  const since = performance.now();
  await Promise.all(Array.from({ length: inFlight }, reader));
  const seconds = (performance.now() - since) / 1000;
  agent.destroy();
  return {
    seconds,
    perSecond: requests / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    problems,
  };
}

function get(url, token, agent) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.on('error', reject);
  });
}
