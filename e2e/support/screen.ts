import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { words } from './words.js';

const PATIENCE_MS = 10_000;

/** A statement about a page that becomes true, sooner rather than later. */
export const eventually = <T>(look: () => T | Promise<T>, message?: string) =>
  expect.poll(look, { timeout: PATIENCE_MS, interval: 50, ...(message !== undefined && { message }) });

/** One tab, told by what a person does and sees. English, unless a test speaks to `page` itself. */
export class Screen {
  constructor(
    readonly page: Page,
    readonly server: string,
  ) {}

  get composer(): Locator {
    const [english, spanish] = [words.en.composer.label, words.es.composer.label];
    return this.page.getByRole('textbox', { name: new RegExp(`^(${english}|${spanish})$`) });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Conversations' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The row of a conversation in the list. */
  row(title: string): Locator {
    return this.list.getByRole('link', { name: title });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  text(text: string | RegExp): Locator {
    return this.page.getByText(text);
  }

  async goto(path = '/'): Promise<void> {
    await this.page.goto(this.server + path);
  }

  /** Waits until it is there to be seen. */
  async sees(what: Locator | string | RegExp): Promise<void> {
    const locator = typeof what === 'object' && 'waitFor' in what ? what : this.text(what);
    await locator.first().waitFor({ state: 'visible' });
  }

  async losesSight(what: Locator | string): Promise<void> {
    await (typeof what === 'string' ? this.text(what) : what).first().waitFor({ state: 'hidden' });
  }

  async openConversation(title: string): Promise<void> {
    await this.row(title).click();
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await this.composer.waitFor();
  }

  async openConversationAt(id: string, seq?: number): Promise<void> {
    await this.goto(`/c/${id}${seq === undefined ? '' : `/m/${seq}`}`);
  }

  /** Finds a person by the search field of the list and opens the conversation with them. */
  async findPerson(query: string, name = query): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Find people and conversations' }).fill(query);
    await this.page.getByRole('button', { name }).click();
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** Where the words of an old message are changed. */
  get editor(): Locator {
    return this.page.getByRole('textbox', { name: 'Edit message' });
  }

  /** What the menu of a message has, by its name. */
  async choose(text: string, action: string): Promise<void> {
    await this.message(text).hover();
    await this.message(text).getByRole('button', { name: 'More actions' }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** Deletes a message and answers the question with yes. */
  async remove(text: string): Promise<void> {
    await this.choose(text, 'Delete');
    await this.dialog.getByRole('button', { name: 'Delete' }).click();
  }

  /** Types into the composer and sends with the button. */
  async send(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.composer.fill(text);
      await this.button('Send').click();
    }
  }

  /** The message with this text. */
  message(text: string): Locator {
    return this.log.getByRole('article').filter({ hasText: text });
  }

  /** The words of the rows that are there, from above; system messages are not among them. */
  messages(): Promise<string[]> {
    return this.log.getByRole('article').locator('[dir="auto"]').allInnerTexts();
  }

  /** Those that are still on their way or failed. */
  pending(): Promise<string[]> {
    return this.log.locator('article[data-state] [dir="auto"]').allInnerTexts();
  }

  /** Waits until exactly these are the messages, all of them stored. */
  async shows(texts: readonly string[]): Promise<void> {
    await eventually(() => this.messages()).toEqual(texts);
    await eventually(() => this.pending()).toEqual([]);
  }

  /** The name of whatever has the keyboard focus: its label, or its words. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const label = element?.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`)?.textContent : null;
      return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '';
    });
  }
}
