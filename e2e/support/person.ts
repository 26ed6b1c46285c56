import type { BrowserContext } from 'playwright-core';
import { Participant } from '../../apps/server/test/support/participant.js';
import { Screen } from './screen.js';

export interface Look {
  viewport?: { width: number; height: number };
  locale?: string;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce';
  touch?: boolean;
}

/** Somebody with an account, in a browser profile of their own. `wire` is the same account without a browser. */
export class Person extends Screen {
  private constructor(
    readonly name: string,
    readonly context: BrowserContext,
    readonly wire: Participant,
    screen: Screen,
  ) {
    super(screen.page, screen.server);
  }

  get email(): string {
    return this.wire.email;
  }

  /** Registered through the API; the browser gets the cookie and opens the list. */
  static async enter(name: string, server: string, context: BrowserContext): Promise<Person> {
    const wire = await Participant.register(server, name);
    await adopt(context, server, wire);
    const screen = new Screen(await context.newPage(), server);
    return new Person(name, context, wire, screen);
  }

  /** Another tab of the same profile. */
  async tab(path = '/'): Promise<Screen> {
    const screen = new Screen(await this.context.newPage(), this.server);
    await screen.goto(path);
    return screen;
  }
}

async function adopt(context: BrowserContext, server: string, { cookie, device }: Participant): Promise<void> {
  const cookies = [cookie, device].map((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    return { name, value, url: server, httpOnly: true, sameSite: 'Strict' as const };
  });
  await context.addCookies(cookies);
}
