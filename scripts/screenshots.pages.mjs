const DIRECT = 'Bruno Ibáñez';
const GROUP = 'Oaxaca';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { name });

async function go(page, { url }, path) {
  await page.goto(url + path);
  await page.evaluate('document.fonts.ready');
}

async function open(page, t, server, title) {
  await go(page, server, '/');
  await page.getByRole('list', { name: t.list.conversations }).getByRole('link', { name: title }).click();
  await page.getByRole('log').getByRole('article').last().waitFor();
  // The list corrects its position while the rows are measured.
  await page.waitForTimeout(400);
}

/** The browser's own switch leaves open sockets alone. */
async function cuttable(page) {
  const sockets = [];
  await page.routeWebSocket(/socket\.io/, (socket) => {
    sockets.push(socket);
    socket.connectToServer();
  });
  return async () => {
    await page.context().setOffline(true);
    for (const socket of sockets) await socket.close();
  };
}

async function openDetails(page, t, server) {
  await open(page, t, server, GROUP);
  await button(page, t.conversation.details).click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
}

/** The last words of whoever looks. */
const ownMessage = (page) => page.getByRole('log').getByRole('article').filter({ hasText: '¿Te viene bien' });

async function openMenu(page, t, message) {
  await message.focus();
  await message.getByRole('button', { name: t.messages.more }).click();
  await page.getByRole('menu').waitFor();
}

async function openNew(page, t, server) {
  await go(page, server, '/');
  await button(page, t.list.newConversation).click();
  await page.getByRole('dialog').waitFor();
}

/** Every page: who looks at it (null: nobody is logged in), and how they got there. */
export const pages = [
  {
    name: 'log-in',
    who: null,
    show: async (page, t, server) => {
      await go(page, server, '/login');
      await heading(page, t.auth.loginTitle).waitFor();
    },
  },
  {
    name: 'log-in-refused',
    who: null,
    show: async (page, t, server) => {
      await go(page, server, '/login');
      await page.getByLabel(t.auth.email).fill('ana@example.org');
      await page.getByLabel(t.auth.password, { exact: true }).fill('not this one');
      await button(page, t.auth.login).click();
      await page.getByText(t.errors.wrong_credentials).waitFor();
    },
  },
  {
    name: 'forgotten',
    who: null,
    show: async (page, t, server) => {
      await go(page, server, '/forgot');
      await heading(page, t.recovery.forgotTitle).waitFor();
    },
  },
  {
    name: 'recover',
    who: null,
    show: async (page, t, server) => {
      await go(page, server, '/recover#the-token-of-a-link');
      await page.getByLabel(t.recovery.newPassword).fill('nubes-y-mar');
    },
  },
  {
    name: 'register',
    who: null,
    show: async (page, t, server) => {
      await go(page, server, '/register');
      await page.getByLabel(t.auth.name).fill('Lucía Ferrer');
      await page.getByLabel(t.auth.email).fill('lucia@example.org');
      await page.getByLabel(t.auth.password, { exact: true }).fill('nubes-y-mar');
    },
  },
  {
    name: 'list-empty',
    who: 'newcomer',
    show: async (page, t, server) => {
      await go(page, server, '/');
      await page.getByText(t.list.emptyTitle).waitFor();
    },
  },
  {
    name: 'list',
    who: 'ana',
    show: async (page, t, server) => {
      await go(page, server, '/');
      await page.getByRole('list', { name: t.list.conversations }).waitFor();
    },
  },
  {
    name: 'search',
    who: 'ana',
    show: async (page, t, server) => {
      await go(page, server, '/');
      await page.getByRole('textbox', { name: t.list.search }).fill('in');
      await page.getByRole('region', { name: t.list.searchResults }).locator('button, a').first().waitFor();
      await page.getByText(t.list.searching).waitFor({ state: 'hidden' });
    },
  },
  { name: 'direct', who: 'ana', show: (page, t, server) => open(page, t, server, DIRECT) },
  { name: 'group', who: 'ana', show: (page, t, server) => open(page, t, server, GROUP) },
  {
    name: 'message-actions',
    who: 'ana',
    show: async (page, t, server) => {
      await open(page, t, server, DIRECT);
      await page.getByRole('log').getByRole('article').last().hover();
    },
  },
  {
    name: 'message-menu',
    who: 'ana',
    show: async (page, t, server) => {
      await open(page, t, server, DIRECT);
      await openMenu(page, t, ownMessage(page));
    },
  },
  {
    name: 'editing',
    who: 'ana',
    show: async (page, t, server) => {
      await open(page, t, server, DIRECT);
      await page.getByRole('textbox', { name: t.composer.label, exact: true }).press('ArrowUp');
      await page.getByText(t.composer.editing, { exact: true }).waitFor();
    },
  },
  {
    name: 'delete',
    who: 'ana',
    show: async (page, t, server) => {
      await open(page, t, server, DIRECT);
      await openMenu(page, t, ownMessage(page));
      await page.getByRole('menuitem', { name: t.common.delete }).click();
      await page.getByText(t.messages.deleteText).waitFor();
    },
  },
  { name: 'details', who: 'ana', show: openDetails },
  {
    name: 'leave',
    who: 'ana',
    show: async (page, t, server) => {
      await openDetails(page, t, server);
      await button(page, t.details.leave).click();
      await page.getByText(t.details.leaveText).waitFor();
    },
  },
  {
    name: 'new-person',
    who: 'ana',
    show: async (page, t, server) => {
      await openNew(page, t, server);
      await page.getByRole('dialog').getByRole('textbox').fill('a');
      await page.getByRole('list', { name: t.newConversation.results }).getByRole('button').first().waitFor();
    },
  },
  {
    name: 'new-group',
    who: 'ana',
    show: async (page, t, server) => {
      await openNew(page, t, server);
      await button(page, t.newConversation.groupTab).click();
      await page.getByRole('textbox', { name: t.newConversation.groupName }).fill('Club de lectura');
      for (const name of ['Haruto', 'Marta']) {
        await page
          .getByRole('textbox', { name: t.newConversation.groupMembers })
          .fill(`${name.toLowerCase()}@example.org`);
        await page.getByRole('list', { name: t.newConversation.results }).getByRole('button').first().click();
      }
    },
  },
  {
    name: 'settings',
    who: 'ana',
    show: async (page, t, server) => {
      await go(page, server, '/settings');
      await heading(page, t.settings.appearance).waitFor();
    },
  },
  {
    name: 'security',
    who: 'ana',
    show: async (page, t, server) => {
      await go(page, server, '/settings/security');
      await page.getByText(t.security.thisDevice).waitFor();
    },
  },
  {
    name: 'offline',
    who: 'ana',
    show: async (page, t, server) => {
      const cut = await cuttable(page);
      await open(page, t, server, DIRECT);
      await cut();
      await page.getByRole('textbox', { name: t.composer.label, exact: true }).fill('¿Sigues ahí?');
      await button(page, t.composer.send).click();
      await page.getByText(t.connection.offline).or(page.getByText(t.connection.reconnecting)).waitFor();
    },
  },
  {
    name: 'conversation-not-found',
    who: 'ana',
    show: async (page, t, server) => {
      await go(page, server, '/c/AAAAAAAAAAAAAAAA');
      await page.getByText(t.conversation.notFoundText).waitFor();
    },
  },
  {
    name: 'page-not-found',
    who: null,
    show: async (page, t, server) => {
      await go(page, server, '/nowhere');
      await heading(page, t.notFound.title).waitFor();
    },
  },
];

/** What the README shows. */
export const picture = (page, t, server) => open(page, t, server, GROUP);
