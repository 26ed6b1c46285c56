import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { performance } from 'node:perf_hooks';

/** The kernel counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

/** Fields of /proc/<pid>/stat from the state on; the name before it may hold spaces. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch {
    return null;
  }
}

const ownTicks = (stat) => stat[11] + stat[12];
/** Of children that have ended and were waited for. */
const pastTicks = (stat) => stat[13] + stat[14];

/** A process and all its children, those included that have ended: a connection's backend may be gone by now. */
function familyTicks(pid) {
  const root = statOf(pid);
  if (root === null) throw new Error(`process ${pid} is gone`);
  let ticks = ownTicks(root) + pastTicks(root);
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(name) : null;
    if (stat !== null && stat[1] === pid) ticks += ownTicks(stat) + pastTicks(stat);
  }
  return ticks;
}

/** user, nice, system, irq, softirq, steal: all that was not idle. */
function machineTicks() {
  const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]
    .split(/\s+/)
    .map(Number);
  return user + nice + system + irq + softirq + steal;
}

/** CPU milliseconds so far: `work` is what is measured, the generator and everything else stand apart. */
export function readCpu({ server, postgres, generator }) {
  const ofServer = familyTicks(server);
  const ofPostgres = postgres === undefined ? 0 : familyTicks(postgres);
  const ofGenerator = familyTicks(generator);
  const others = machineTicks() - ofServer - ofPostgres - ofGenerator;
  const inMs = (ticks) => ticks * TICK_MS;
  return {
    server: inMs(ofServer),
    postgres: inMs(ofPostgres),
    work: inMs(ofServer + ofPostgres),
    generator: inMs(ofGenerator),
    others: inMs(others),
  };
}

const seen = { others: 0, available: 0 };

/** The share of the machine that programs of others took while something was measured. */
export const othersShare = () => seen.others / seen.available;

/** CPU that was used while `work` ran. */
export async function cpuDuring(processes, work) {
  const before = readCpu(processes);
  const since = performance.now();
  const result = await work();
  const after = readCpu(processes);
  seen.others += after.others - before.others;
  seen.available += (performance.now() - since) * os.cpus().length;
  // The kernel rounds each process by itself: what is left for the others may come out below nothing.
  const used = Object.fromEntries(Object.keys(after).map((key) => [key, Math.max(0, after[key] - before[key])]));
  return { result, cpu: used };
}

export function residentKb(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}
