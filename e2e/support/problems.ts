import type { BrowserContext, ConsoleMessage, Page, Request, Response } from 'playwright-core';

/** A refusal by the API is an answer that the page deals with; the browser writes it into its console all the same. */
const REFUSED_BY_API = /^Failed to load resource: the server responded with a status of 4\d\d/;
/** What the browser says when a test takes the network or the server away. */
export const NO_NETWORK = /net::ERR_|WebSocket connection to .* failed|status of 50[234]/;

/** Whatever a page must never do, collected from every page of a context: any of it fails the test. */
export class Problems {
  private found: string[] = [];
  private tolerated: RegExp[] = [];

  constructor(private readonly origins: () => readonly string[]) {}

  watch(context: BrowserContext): void {
    context.on('page', (page) => this.watchPage(page));
    context.on('console', (message) => this.heard(message));
    context.on('weberror', (error) => this.add(`uncaught: ${error.error().stack ?? error.error().message}`));
    context.on('request', (request) => this.asked(request));
    context.on('response', (response) => this.answered(response));
  }

  /** Until the end of this test, what matches is no problem. */
  tolerate(...patterns: RegExp[]): void {
    this.tolerated.push(...patterns);
  }

  get count(): number {
    return this.found.length;
  }

  /** What was found since the last time, without what is tolerated. */
  take(): string[] {
    const found = this.found.filter((each) => !this.tolerated.some((pattern) => pattern.test(each)));
    this.found = [];
    this.tolerated = [];
    return found;
  }

  private watchPage(page: Page): void {
    page.on('dialog', (dialog) => {
      this.add(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('crash', () => this.add('the page crashed'));
  }

  /** Violations of the content security policy come this way too. */
  private heard(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!REFUSED_BY_API.test(message.text())) this.add(`console: ${message.text()} (${message.location().url})`);
  }

  private asked(request: Request): void {
    const { protocol, origin } = new URL(request.url());
    if (['data:', 'blob:'].includes(protocol) || this.origins().includes(origin)) return;
    this.add(`request to another origin: ${request.url()}`);
  }

  private answered(response: Response): void {
    const asset =
      response.status() >= 400 && !response.url().includes('/api/') && !response.request().isNavigationRequest();
    if (asset) this.add(`missing: ${response.status()} ${response.url()}`);
  }

  private add(problem: string): void {
    this.found.push(problem);
  }
}
