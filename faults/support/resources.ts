import type { Cluster } from './cluster.js';
import type { ServerNode } from './node.js';
import { pause } from './processes.js';

const LINE = /^resources (.*)\n/gm;
const LOOK_MS = 20;
const PATIENCE_MS = 10_000;

/** What a process holds on to after a full collection; see plant/report-resources.mjs. */
interface Report {
  /** Bytes. */
  heap: number;
  rss: number;
  active: Record<string, number>;
  sizes: Record<string, number>;
}

/** By name, of all nodes together: a client may be at any of them. */
export interface Resources {
  heapMb: number;
  rssMb: number;
  counts: Map<string, number>;
}

export async function resourcesOf({ nodes }: Cluster): Promise<Resources> {
  const reports = await Promise.all(nodes.map(report));
  const counts = new Map<string, number>();
  for (const { active, sizes } of reports)
    for (const [name, count] of Object.entries({ ...active, ...sizes }))
      counts.set(name, (counts.get(name) ?? 0) + count);
  const sum = (of: 'heap' | 'rss'): number => reports.reduce((all, one) => all + one[of], 0) / 2 ** 20;
  return { heapMb: sum('heap'), rssMb: sum('rss'), counts };
}

async function report(node: ServerNode): Promise<Report> {
  const before = linesOf(node).length;
  process.kill(node.pid, 'SIGUSR2');
  for (const since = performance.now(); performance.now() - since < PATIENCE_MS;) {
    const lines = linesOf(node);
    if (lines.length > before) return JSON.parse(lines.at(-1)!) as Report;
    await pause(LOOK_MS);
  }
  throw new Error(`node ${node.index} does not say what it holds`);
}

const linesOf = ({ logs }: ServerNode): string[] => [...logs.matchAll(LINE)].map(([, line = '']) => line);
