import { percentile } from '../support/numbers.mjs';

export function summary({ deliveries, latencies, problems }, { messages, seconds, acknowledged }) {
  return {
    messages,
    seconds,
    deliveries,
    problems,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    ackP50: percentile(acknowledged, 0.5),
    ackP99: percentile(acknowledged, 0.99),
  };
}
