import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from './support/database.js';
import { write } from './support/history.js';
import { cachedConversations, cuttable, refuseStorage, reloadWhenDrawn, speakOldProtocol } from './support/network.js';
import { NO_NETWORK } from './support/problems.js';
import { eventually } from './support/screen.js';
import { useStage } from './support/stage.js';

const stage = useStage();

beforeEach(() => stage.problems.tolerate(NO_NETWORK));

const three = ['first', 'second', 'third'];

describe('what is written without a connection', () => {
  it('waits in sight while the server is away, and arrives once and in order on both sides', async () => {
    const { ana, bea } = await stage.pair();
    await stage.stopServer();
    await ana.send(...three);
    await eventually(() => ana.pending()).toEqual(three);
    await ana.sees("You're offline: what you write is kept and sent later");
    await ana.sees(ana.row('Bea').getByText('Waiting to be sent'));
    await stage.startServer();
    await ana.shows(three);
    await bea.shows(three);
    await ana.losesSight("You're offline");
    await bea.send('fourth');
    await ana.shows([...three, 'fourth']);
  });

  it('waits while the browser has no network, and arrives once and in order on both sides', async () => {
    const { ana, bea } = await stage.pair();
    const wire = await cuttable(ana.context);
    await ana.page.reload();
    await ana.sees(ana.composer);
    await ana.send('before');
    await bea.shows(['before']);
    await ana.context.setOffline(true);
    await wire.cut();
    await ana.send(...three);
    await bea.send('meanwhile');
    await bea.shows(['before', 'meanwhile']);
    await eventually(() => ana.pending()).toEqual(three);
    await wire.restore();
    await ana.context.setOffline(false);
    await ana.shows(['before', 'meanwhile', ...three]);
    await bea.shows(['before', 'meanwhile', ...three]);
  });

  it('is there after a reload without a server, and is sent once when it is back', async () => {
    const { ana, bea } = await stage.pair();
    const wire = await cuttable(ana.context);
    await ana.page.reload();
    await ana.sees(ana.composer);
    await wire.cut();
    await ana.send(...three);
    await eventually(() => ana.pending()).toEqual(three);
    await eventually(() => cachedConversations(ana.page)).toBe(1);
    await ana.page.reload();
    await eventually(() => ana.pending()).toEqual(three);
    await wire.restore();
    await ana.shows(three);
    await bea.shows(three);
  });

  it('outlives the tab: whichever is opened next sends it', async () => {
    const { ana, bea } = await stage.pair();
    await stage.stopServer();
    await ana.send(...three);
    await eventually(() => ana.pending()).toEqual(three);
    await ana.page.close();
    await stage.startServer();
    const next = await ana.tab();
    await bea.shows(three);
    await next.openConversation('Bea');
    await next.shows(three);
  });

  it('in two tabs at once arrives once, each in its own order', async () => {
    const { ana, bea, id } = await stage.pair();
    const other = await ana.tab(`/c/${id}`);
    await other.sees(other.composer);
    await stage.stopServer();
    for (const [index, text] of three.entries()) {
      await ana.send(`one ${text}`);
      await other.send(`two ${three[index]}`);
    }
    await eventually(async () => (await ana.pending()).length).toBe(6);
    await stage.startServer();
    await eventually(async () => (await bea.messages()).length).toBe(6);
    const told = await bea.messages();
    for (const tab of ['one', 'two'])
      expect(told.filter((text) => text.startsWith(tab))).toEqual(three.map((text) => `${tab} ${text}`));
    await ana.shows(told);
    await other.shows(told);
    await bea.page.reload();
    await bea.shows(told);
  });

  it('asks before it is lost by logging out', async () => {
    const { ana } = await stage.notes();
    const wire = await cuttable(ana.context);
    await ana.page.reload();
    await ana.sees(ana.composer);
    await wire.cut();
    await ana.send('not sent');
    await eventually(() => ana.pending()).toEqual(['not sent']);
    await ana.button('Settings').click();
    await ana.button('Log out').click();
    await ana.sees('1 message is not sent yet and would be lost.');
    await ana.dialog.getByRole('button', { name: 'Cancel' }).click();
    await ana.openConversation('Notes');
    expect(await ana.pending()).toEqual(['not sent']);
  });
});

it('a conversation is there without a network from the moment it is drawn: a reload at once shows it', async () => {
  const ana = await stage.account('Ana');
  const bea = await stage.account('Bea');
  const { id } = await ana.wire.direct(bea.wire);
  await write(bea, id, three);
  const wire = await cuttable(ana.context);
  let visits = 0;
  ana.page.on('request', (request) => {
    if (request.isNavigationRequest() && ++visits === 2) void wire.cut();
  });
  await reloadWhenDrawn(ana.context);
  await ana.goto(`/c/${id}`);
  await eventually(() => visits).toBe(2);
  await ana.sees("You're offline");
  await ana.shows(three);
});

it('a draft is kept for each conversation, over a reload too', async () => {
  const { ana, bea } = await stage.pair();
  await ana.wire.direct(ana.wire);
  await ana.composer.fill('half a sent');
  await ana.openConversation('Notes');
  expect(await ana.composer.inputValue()).toBe('');
  await ana.sees(ana.row('Bea').getByText('half a sent'));
  await ana.page.reload();
  await ana.openConversation('Bea');
  await eventually(() => ana.composer.inputValue()).toBe('half a sent');
  await ana.send('a whole sentence');
  await bea.shows(['a whole sentence']);
  await eventually(() => ana.row('Bea').getByText('Draft:').count()).toBe(0);
});

describe('trouble', () => {
  it('an expired access token is renewed without the person noticing', async () => {
    const ana = await stage.person('Ana');
    await stage.account('Bea Renovada');
    let refused = 0;
    await ana.context.route('**/api/people*', (route) => {
      refused += 1;
      if (refused > 1) return route.continue();
      return route.fulfill({ status: 401, json: { error: { code: 'token_expired', message: '' } } });
    });
    const renewed = ana.page.waitForResponse('**/api/auth/refresh');
    await ana.findPerson('renovada', 'Bea Renovada');
    expect((await renewed).status()).toBe(200);
    expect(refused).toBeGreaterThan(1);
  });

  it('a session that was ended elsewhere says so', async () => {
    const { ana } = await stage.notes();
    await execute(stage.databaseUrl, 'update sessions set revoked_at = now()');
    await ana.page.reload();
    await ana.sees('Your session has ended. Log in again; what you wrote and had not sent yet is kept.');
  });

  it('a browser that stores nothing is told apart, and one can talk in it', async () => {
    const bea = await stage.account('Bea');
    const ana = await stage.account('Ana');
    await refuseStorage(ana.context);
    const { id } = await ana.wire.direct(bea.wire);
    await Promise.all([ana.openConversationAt(id), bea.openConversationAt(id)]);
    await ana.sees('This browser does not let Tertulia store anything');
    await ana.send('hello');
    await bea.shows(['hello']);
    await bea.send('hello to you');
    await ana.shows(['hello', 'hello to you']);
  });

  it('a tab older than the server is told to reload, and what it wrote is sent after that', async () => {
    const { ana, bea } = await stage.pair();
    const protocol = await speakOldProtocol(ana.context);
    await ana.page.reload();
    await ana.sees('There is a newer Tertulia. Reload to go on; what you wrote is kept.');
    await ana.send('written in the old tab');
    await eventually(() => ana.pending()).toEqual(['written in the old tab']);
    expect(await bea.messages()).toEqual([]);
    protocol.restore();
    await ana.button('Reload').click();
    await ana.shows(['written in the old tab']);
    await bea.shows(['written in the old tab']);
  });
});
