import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { startMailCatcher, type MailCatcher } from './support/mail-catcher.js';
import { Participant, PASSWORD, request, type Answer } from './support/participant.js';
import { query } from './support/query.js';
import { startServer, type Server } from './support/server.js';

const OTHER = 'otra contraseña bien larga';
const LINK = /^http:\/\/chat\.example\.org\/recover#([\w-]{43})$/m;
const codeOf = (answer: Answer<unknown>): string | undefined => answer.body.error?.code;

let server: Server;
let database: Database;
let mails: MailCatcher;

const env = (): Record<string, string> => ({
  SMTP_URL: mails.url,
  MAIL_FROM: 'Tertulia <chat@example.org>',
  PUBLIC_URL: 'http://chat.example.org',
});

const startMailing = (more: Record<string, string> = {}): Promise<Server> =>
  startServer({ databaseUrl: database.url, env: { ...env(), ...more } });

beforeAll(async () => {
  [database, mails] = await Promise.all([createDatabase(), startMailCatcher()]);
  server = await startMailing();
});

afterAll(async () => {
  await server.stop();
  await mails.stop();
  await database.drop();
});

const ask = (email: string, language = 'en', headers = {}): Promise<Answer<object>> =>
  request(server.url, 'POST', '/api/auth/request-recovery', { email }, { 'accept-language': language, ...headers });
const redeem = (token: string, password = OTHER): Promise<Answer<object>> =>
  request(server.url, 'POST', '/api/auth/redeem-recovery', { token, password });
const logIn = (email: string, password: string): Promise<Answer<object>> =>
  request(server.url, 'POST', '/api/auth/login', { email, password });

/** The token of a mail that was asked for. */
async function tokenFor({ email }: Participant): Promise<string> {
  expect((await ask(email)).status).toBe(200);
  return LINK.exec((await mails.take(email)).text)![1]!;
}

describe('a link for a new password', () => {
  it('comes by mail, works once, ends all sessions everywhere and is told', async () => {
    const ana = await Participant.join(server.url, 'Ana');
    const phone = await ana.logIn();
    await phone.connect();
    const token = await tokenFor(ana);
    expect((await redeem(token)).body).toEqual({});
    await vi.waitFor(() => expect([ana, phone].map(({ socket }) => socket?.connected)).toEqual([false, false]), 1_000);
    for (const session of [ana, phone]) expect(codeOf(await session.call('GET', '/api/me'))).toBe('session_ended');
    expect(codeOf(await logIn(ana.email, PASSWORD))).toBe('wrong_credentials');
    const back = await ana.logIn({ password: OTHER });
    const { notices } = await back.ok<{ notices: { kind: string }[] }>('GET', '/api/me/notices');
    expect(notices.map(({ kind }) => kind)).toContain('password_changed');
    const actions = await query<{ action: string }>(
      database.url,
      "select action from audit_log where action like 'rec%'",
    );
    expect(actions.map(({ action }) => action)).toEqual(['recovery_issued', 'recovery_used']);
  });

  it('is written in the language of whoever asks, without a word that somebody could have chosen', async () => {
    const ana = await Participant.register(server.url, 'Ana Núñez');
    await ask(ana.email, 'es-MX,es;q=0.9,en;q=0.5');
    const spanish = await mails.take(ana.email);
    expect(spanish).toMatchObject({ from: 'chat@example.org', subject: 'Tertulia: elige una contraseña nueva' });
    expect(spanish.text).toContain('Alguien ha pedido una contraseña nueva');
    expect(spanish.text).not.toContain('Núñez');
    await ask(ana.email, 'fr-CH, de');
    const english = await mails.take(ana.email);
    expect(english.subject).toBe('Tertulia: choose a new password');
    expect(english.text).toMatch(LINK);
  });

  it('leads to PUBLIC_URL, whatever address the request names', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    await ask(ana.email, 'en', { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
    const { text } = await mails.take(ana.email);
    expect(text).toMatch(LINK);
    expect(text).not.toContain('evil');
  });

  it('is refused when it was used, is out of date, was replaced, is for something else or never was', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    const used = await tokenFor(ana);
    expect((await redeem(used)).status).toBe(200);
    const replaced = await tokenFor(ana);
    const late = await tokenFor(ana);
    await query(
      database.url,
      "update account_links set expires_at = now() - interval '1 second' where used_at is null",
    );
    const bea = await Participant.register(server.url, 'Bea');
    const elsewhere = await tokenFor(bea);
    await query(
      database.url,
      "update account_links set purpose = 'email' where used_at is null and expires_at > now()",
    );
    const refused = await Promise.all(
      [used, replaced, late, elsewhere, 'x'.repeat(43), ''].map((token) => redeem(token)),
    );
    expect(refused.map(codeOf)).toEqual(refused.map(() => 'link_invalid'));
    expect(new Set(refused.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await bea.call('GET', '/api/me')).status).toBe(200);
    expect((await logIn(bea.email, PASSWORD)).status).toBe(200);
  });

  it('is not used up by a weak password, and changes the account it was made for alone', async () => {
    const [ana, bea] = [await Participant.register(server.url, 'Ana'), await Participant.register(server.url, 'Bea')];
    const token = await tokenFor(ana);
    expect(codeOf(await redeem(token, 'corta'))).toBe('password_weak');
    expect(codeOf(await redeem(token, ana.email))).toBe('password_weak');
    expect((await redeem(token)).status).toBe(200);
    expect((await logIn(bea.email, PASSWORD)).status).toBe(200);
    expect(codeOf(await logIn(bea.email, OTHER))).toBe('wrong_credentials');
  });

  it('used twenty times at once works once', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    const token = await tokenFor(ana);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => redeem(token, `contraseña número ${index}`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(codeOf))).toEqual(new Set([undefined, 'link_invalid']));
  });

  it('is stored as a hash alone, and never logged', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    const token = await tokenFor(ana);
    const stored = await query(database.url, 'select * from account_links');
    const audited = await query(database.url, 'select * from audit_log');
    expect(JSON.stringify([stored, audited]) + server.logs()).not.toContain(token);
  });
});

describe('asking for a link', () => {
  it('gets the same answer without an account, and no mail goes out', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    const [known, unknown] = [await ask(ana.email), await ask('nobody.at.all@example.org')];
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    await mails.take(ana.email);
    expect(mails.caught).toEqual([]);
  });

  it('is bounded for each address, in the same words whether or not there is such an account', async () => {
    const ana = await Participant.register(server.url, 'Ana');
    for (const email of [ana.email, 'nobody.at.all.2@example.org']) {
      for (let time = 0; time < 3; time += 1) expect((await ask(email)).status).toBe(200);
      const bounded = await ask(email.toUpperCase());
      expect(codeOf(bounded)).toBe('too_many_attempts');
      expect(Number(bounded.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await Promise.all([1, 2, 3].map(() => mails.take(ana.email)));
    expect(mails.caught).toEqual([]);
  });

  it('does not wait for a mail server that is silent or gone, and the log tells of it', async () => {
    const gone = await startMailing({ SMTP_URL: 'smtp://127.0.0.1:1' });
    onTestFinished(async () => {
      await gone.stop();
    });
    const ana = await Participant.register(gone.url, 'Ana');
    const asked = await request(gone.url, 'POST', '/api/auth/request-recovery', { email: ana.email });
    expect(asked.status).toBe(200);
    await vi.waitFor(() => expect(gone.logs()).toContain('a recovery mail was not sent'), 5_000);
  });

  it('is refused with a sentence where the server sends no mail, and serverInfo says so beforehand', async () => {
    const mute = await startServer({ databaseUrl: database.url });
    onTestFinished(async () => {
      await mute.stop();
    });
    const asked = await request(mute.url, 'POST', '/api/auth/request-recovery', { email: 'ana@example.org' });
    expect(codeOf(asked)).toBe('no_mail');
    expect((await request(mute.url, 'GET', '/api/server')).body).toMatchObject({ mail: false });
    expect((await request(server.url, 'GET', '/api/server')).body).toMatchObject({ mail: true });
  });
});
