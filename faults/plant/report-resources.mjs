import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NestFactory } from '@nestjs/core';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const DEEPEST = 5;
let app;

const { create } = NestFactory;
NestFactory.create = async function createAndKeep(...args) {
  app = await create.apply(this, args);
  return app;
};

/** How much every map, set, list, dictionary and emitter holds that can be reached from what Nest has made. */
function sizes() {
  const found = new Map();
  const seen = new Set();
  const count = (name, size) => found.set(name, (found.get(name) ?? 0) + size);
  const visit = (thing, name, depth) => {
    if (typeof thing !== 'object' || thing === null || seen.has(thing) || depth > DEEPEST) return;
    if (ArrayBuffer.isView(thing)) return;
    seen.add(thing);
    if (thing instanceof Map || thing instanceof Set) return count(name, thing.size);
    if (Array.isArray(thing)) return count(name, thing.length);
    const fields = Object.entries(thing);
    if (Object.getPrototypeOf(thing) === Object.prototype) count(name, fields.length);
    if (thing instanceof EventEmitter)
      for (const event of thing.eventNames()) count(`${name} listeners`, thing.listenerCount(event));
    for (const [field, value] of fields) visit(value, `${name}.${field}`, depth + 1);
  };
  for (const { providers } of app.container.getModules().values())
    for (const { instance } of providers.values()) visit(instance, instance?.constructor?.name, 0);
  return Object.fromEntries(found);
}

/** Timers, sockets and the like, by kind. */
function active() {
  const found = {};
  for (const kind of process.getActiveResourcesInfo()) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

process.on('SIGUSR2', () => {
  collect();
  const { heapUsed: heap, rss } = process.memoryUsage();
  writeSync(1, `resources ${JSON.stringify({ heap, rss, active: active(), sizes: sizes() })}\n`);
});
