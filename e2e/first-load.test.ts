import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useStage } from './support/stage.js';

/** Bytes on the wire, compressed: the gate from day one (docs/figures.md). */
const GATE = 200 * 1024;

const stage = useStage();

/** Adds up what scripts weigh on the wire, those loaded later included. */
async function weighScripts(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return () => bytes;
}

it('a first visit and a first conversation need at most 200 KB of compressed JavaScript each', async () => {
  const ana = await stage.account('Ana');
  const bea = await stage.account('Bea');
  const { id } = await ana.wire.direct(bea.wire);
  await bea.wire.connect();
  await bea.wire.send(id, 'hola');

  const visitor = await (await stage.profile()).newPage();
  const ofVisit = await weighScripts(visitor);
  await visitor.goto(stage.url);
  await visitor.getByRole('button', { name: 'Log in' }).waitFor();
  expect(ofVisit()).toBeGreaterThan(50_000);
  expect(ofVisit()).toBeLessThanOrEqual(GATE);

  const ofConversation = await weighScripts(ana.page);
  await ana.page.goto(`${stage.url}/c/${id}`);
  await ana.page.getByRole('log').getByText('hola').waitFor();
  expect(ofConversation()).toBeGreaterThan(50_000);
  expect(ofConversation()).toBeLessThanOrEqual(GATE);
});
