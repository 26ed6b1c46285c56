import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createDatabase, type Database } from '../../apps/server/test/support/database.js';
import { startServer, temporaryFolder, type Server } from '../../apps/server/test/support/server.js';
import { launchBrowser } from './browser.js';
import { Person, type Look } from './person.js';
import { Problems } from './problems.js';
import { Screen } from './screen.js';

const pictures = fileURLToPath(new URL('../screenshots/', import.meta.url));
const DESK = { width: 1440, height: 900 };
const PATIENCE_MS = 15_000;

/** A server, a browser and the people of one test file. Each test has its own profiles; whatever they complain of fails it. */
export class Stage {
  readonly problems = new Problems(() => [this.url, ...this.origins]);
  /** Other origins that pages may ask. */
  readonly origins: string[] = [];
  private browser!: Browser;
  private database!: Database;
  private server: Server | null = null;
  private readonly dataDir = temporaryFolder();
  private contexts: BrowserContext[] = [];
  private address = '';

  constructor(private readonly env: Record<string, string>) {}

  get url(): string {
    return this.address;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  async open(): Promise<void> {
    [this.browser, this.database] = await Promise.all([launchBrowser(), createDatabase()]);
    await this.startServer();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.stopServer();
    await this.database.drop();
  }

  /** The same data and the same address, as after a restart. */
  async startServer(): Promise<void> {
    const port = this.address === '' ? {} : { PORT: new URL(this.address).port };
    const env = { LOG_LEVEL: 'error', EVENTS_PER_SECOND: '10000', ...webDir(), ...this.env, ...port };
    this.server = await startServer({ databaseUrl: this.database.url, dataDir: this.dataDir, env });
    this.address = this.server.url;
  }

  async stopServer(): Promise<void> {
    const { server } = this;
    this.server = null;
    await server?.stop();
  }

  /** A browser profile with nobody in it. */
  async profile({ touch = false, viewport = DESK, locale = 'en-GB', ...look }: Look = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport,
      locale,
      timezoneId: 'Europe/Madrid',
      ...look,
      ...(touch && { hasTouch: true, isMobile: true }),
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.problems.watch(context);
    this.contexts.push(context);
    return context;
  }

  /** A tab in a new profile, not signed in. */
  async visitor(path = '/', look?: Look): Promise<Screen> {
    const screen = new Screen(await (await this.profile(look)).newPage(), this.url);
    await screen.goto(path);
    return screen;
  }

  /** Somebody with an account, in a profile of their own, who has not opened a page yet. */
  async account(name: string, look?: Look): Promise<Person> {
    return Person.enter(name, this.url, await this.profile(look));
  }

  /** Somebody in front of their list. */
  async person(name: string, look?: Look): Promise<Person> {
    const person = await this.account(name, look);
    await person.goto();
    await person.page.getByRole('navigation').waitFor();
    return person;
  }

  /** Two people who both look at the conversation between them. */
  async pair(look?: Look): Promise<{ ana: Person; bea: Person; id: string }> {
    const [ana, bea] = await Promise.all([this.account('Ana', look), this.account('Bea', look)]);
    const { id } = await ana.wire.direct(bea.wire);
    await Promise.all([ana.openConversationAt(id), bea.openConversationAt(id)]);
    await Promise.all([ana.composer.waitFor(), bea.composer.waitFor()]);
    return { ana, bea, id };
  }

  /** Ana, who looks at her notes. */
  async notes(look?: Look): Promise<{ ana: Person; id: string }> {
    const ana = await this.account('Ana', look);
    const { id } = await ana.wire.direct(ana.wire);
    await ana.openConversationAt(id);
    await ana.composer.waitFor();
    return { ana, id };
  }

  async endTest(name: string, failed: boolean): Promise<void> {
    const contexts = this.contexts.splice(0);
    if (failed) await this.picture(name, contexts);
    for (const context of contexts) await context.close();
    expect(this.problems.take(), 'what the pages complained of').toEqual([]);
  }

  private async picture(name: string, contexts: readonly BrowserContext[]): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    const file = name.replace(/\W+/g, '-').slice(0, 60);
    for (const [index, page] of contexts.flatMap((context) => context.pages()).entries())
      await page.screenshot({ path: path.join(pictures, `${file}-${index + 1}.png`) }).catch(() => undefined);
  }
}

function webDir(): Record<string, string> {
  const folder = process.env['WEB_DIR'];
  return folder === undefined ? {} : { WEB_DIR: folder };
}

/** Call once at the top of a test file. `env`: what the server is started with. */
export function useStage(env: Record<string, string> = {}): Stage {
  const stage = new Stage(env);
  beforeAll(() => stage.open());
  afterAll(() => stage.close());
  afterEach(({ task }) => stage.endTest(task.name, task.result?.state === 'fail'));
  return stage;
}
