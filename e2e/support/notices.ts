import type { BrowserContext, Page } from 'playwright-core';

export interface Notice {
  title: string;
  body: string;
  tag: string;
  closed: boolean;
}

interface Recorded {
  asked: number;
  notices: (Notice & { onclick: (() => void) | null })[];
}

/** Chromium without a window shows no notifications: this stands in for them and writes down what the page does. */
export async function recordNotices(context: BrowserContext, answer: 'granted' | 'denied' = 'granted'): Promise<void> {
  await context.addInitScript((reply) => {
    const recorded: Recorded = { asked: 0, notices: [] };
    const kept = 'notification-permission';
    class FakeNotification {
      static get permission(): string {
        return localStorage.getItem(kept) ?? 'default';
      }
      static requestPermission(): Promise<string> {
        recorded.asked += 1;
        localStorage.setItem(kept, reply);
        return Promise.resolve(reply);
      }
      onclick: (() => void) | null = null;
      closed = false;
      readonly body: string;
      readonly tag: string;
      constructor(
        readonly title: string,
        options: { body: string; tag: string },
      ) {
        this.body = options.body;
        this.tag = options.tag;
        recorded.notices.push(this);
      }
      close(): void {
        this.closed = true;
      }
    }
    Object.assign(globalThis, { Notification: FakeNotification, recordedNotices: recorded });
  }, answer);
}

const read = <T>(page: Page, look: (recorded: Recorded) => T): Promise<T> =>
  page.evaluate(`(${look.toString()})(globalThis.recordedNotices)`) as Promise<T>;

/** How often the page asked the browser for permission. */
export const asked = (page: Page): Promise<number> => read(page, (recorded) => recorded.asked);

export const notices = (page: Page): Promise<Notice[]> =>
  read(page, (recorded) => recorded.notices.map(({ title, body, tag, closed }) => ({ title, body, tag, closed })));

export const clickLast = (page: Page): Promise<void> => read(page, (recorded) => recorded.notices.at(-1)?.onclick?.());
