import { afterAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../apps/server/test/support/participant.js';
import { Screen, eventually } from './support/screen.js';
import { useStage } from './support/stage.js';
import { StaticWeb } from './support/static-web.js';

const listed = new StaticWeb();
const unlisted = new StaticWeb();
const listedOrigin = await listed.listen();
const unlistedOrigin = await unlisted.listen();

const stage = useStage({ CORS_ORIGINS: listedOrigin });
stage.origins.push(listedOrigin, unlistedOrigin);

afterAll(() => {
  listed.close();
  unlisted.close();
});

async function visitor(web: StaticWeb, origin: string, path: string): Promise<Screen> {
  web.pointAt(stage.url);
  const screen = new Screen(await (await stage.profile()).newPage(), origin);
  await screen.goto(path);
  return screen;
}

async function register(screen: Screen, name: string, email: string): Promise<void> {
  await screen.page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await screen.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await screen.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await screen.button('Create account').click();
}

describe('pages on an origin of their own', () => {
  it('register, talk over the socket, and stay logged in over a reload', async () => {
    const ana = await visitor(listed, listedOrigin, '/register');
    await register(ana, 'Ana', 'ana@example.org');
    await ana.sees('No conversations yet');
    const bea = await stage.person('Bea');
    await ana.findPerson('Bea');
    await ana.send('from another origin');
    await bea.openConversation('Ana');
    await bea.shows(['from another origin']);
    await bea.send('to another origin');
    await ana.shows(['from another origin', 'to another origin']);
    await ana.page.reload();
    await ana.shows(['from another origin', 'to another origin']);
    expect(new URL(ana.page.url()).origin).toBe(listedOrigin);
  });

  it('are refused when the server does not list the origin', async () => {
    stage.problems.tolerate(/CORS policy/, /net::ERR_FAILED/);
    const eve = await visitor(unlisted, unlistedOrigin, '/register');
    await register(eve, 'Eve', 'eve@example.org');
    await eventually(() => eve.page.getByRole('alert').first().innerText()).toMatch(/does not accept|No connection/);
    const answer = await fetch(`${stage.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'eve@example.org', password: PASSWORD }),
    });
    expect(answer.status).toBe(401);
  });
});
