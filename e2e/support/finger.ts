import type { CDPSession, Locator } from 'playwright-core';
import type { Person } from './person.js';

/** One finger on the screen of a phone. */
export class Finger {
  private constructor(
    private readonly cdp: CDPSession,
    private x: number,
    private y: number,
  ) {}

  static async on(person: Person, target: Locator): Promise<Finger> {
    const box = await target.boundingBox();
    if (!box) throw new Error('there is nothing to put a finger on');
    const finger = new Finger(await person.context.newCDPSession(person.page), box.x + 80, box.y + box.height / 2);
    await finger.touch('touchStart');
    return finger;
  }

  async moveBy(pixels: number): Promise<void> {
    this.y += pixels;
    await this.touch('touchMove');
  }

  /** The browser has taken the touch for itself, as for its own menu. */
  async lose(): Promise<void> {
    await this.cdp.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
  }

  async lift(): Promise<void> {
    await this.cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  private async touch(type: 'touchStart' | 'touchMove'): Promise<void> {
    await this.cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: this.x, y: this.y }] });
  }
}
