import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 20_000;
const PROBLEMS_KEPT = 5;

/** Who got what: every message once to every member, in the order of its conversation. */
export class Ledger {
  constructor() {
    this.open = new Map();
    this.lastSeqs = new Map();
    this.begin();
  }

  /** What is counted from here on. */
  begin() {
    this.deliveries = 0;
    this.latencies = [];
    this.problems = [];
  }

  sent(id, copies) {
    this.open.set(id, { left: copies, at: performance.now() });
  }

  delivered(reader, { conversation, message }) {
    this.deliveries += 1;
    this.requireNext(reader, conversation, message.seq);
    const entry = this.open.get(message.id);
    if (entry === undefined) return this.problem(`delivered once too often: ${conversation}/${message.seq}`);
    entry.left -= 1;
    if (entry.left > 0) return;
    this.open.delete(message.id);
    this.latencies.push(performance.now() - entry.at);
  }

  requireNext(reader, conversation, seq) {
    const key = `${reader} ${conversation}`;
    const last = this.lastSeqs.get(key);
    if (last !== undefined && seq !== last + 1) this.problem(`${key}: ${seq} after ${last}`);
    this.lastSeqs.set(key, seq);
  }

  problem(text) {
    if (this.problems.length < PROBLEMS_KEPT) this.problems.push(text);
  }

  /** Waits until everything sent is with everybody. */
  async settle() {
    const deadline = performance.now() + PATIENCE_MS;
    while (this.open.size > 0 && performance.now() < deadline) await sleep(5);
    if (this.open.size > 0) this.problem(`${this.open.size} messages did not reach everybody`);
    this.open.clear();
  }
}
