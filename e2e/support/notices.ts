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

const recordedBy = (page: Page): Promise<Recorded> =>
  page.evaluate(() => (globalThis as unknown as { recordedNotices: Recorded }).recordedNotices);

/** How often the page asked the browser for permission. */
export const asked = async (page: Page): Promise<number> => (await recordedBy(page)).asked;

export const notices = async (page: Page): Promise<Notice[]> => (await recordedBy(page)).notices;

export const clickLast = (page: Page): Promise<void> =>
  page.evaluate(() =>
    (globalThis as unknown as { recordedNotices: Recorded }).recordedNotices.notices.at(-1)?.onclick?.(),
  );
