import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, configTable, readConfig } from './config.js';

const complaintOf = (env: NodeJS.ProcessEnv): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('the configuration', () => {
  it('needs no variable', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      publicUrl: null,
      smtpUrl: null,
      mailFrom: null,
      corsOrigins: [],
      trustProxy: false,
      secrets: null,
      logLevel: 'info',
    });
    expect(path.basename(readConfig({}).dataDir)).toBe('data');
    expect(path.isAbsolute(readConfig({ DATA_DIR: 'elsewhere' }).dataDir)).toBe(true);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', TRUST_PROXY: ' ' })).toEqual(readConfig({}));
  });

  it('reads every variable', () => {
    const config = readConfig({
      HOST: '::',
      PORT: '0',
      DATABASE_URL: 'postgresql://me:pw@db:5432/chat',
      PUBLIC_URL: 'https://chat.example.org',
      CORS_ORIGINS: 'https://a.example.org, http://localhost:5173',
      TRUST_PROXY: 'true',
      SECRET_KEY: 'x'.repeat(32),
      LOG_LEVEL: 'debug',
      SMTP_URL: 'smtps://me:pw@mail.example.org',
      MAIL_FROM: 'Tertulia <chat@example.org>',
    });
    expect(config).toMatchObject({ host: '::', port: 0, trustProxy: true, logLevel: 'debug' });
    expect(config).toMatchObject({
      smtpUrl: 'smtps://me:pw@mail.example.org',
      mailFrom: 'Tertulia <chat@example.org>',
    });
    expect(config.corsOrigins).toEqual(['https://a.example.org', 'http://localhost:5173']);
    expect(config.publicUrl?.protocol).toBe('https:');
  });

  it.each([
    [{ PORT: '70000' }, 'PORT was "70000"; it must be a whole number from 0 to 65535.'],
    [{ PORT: '3000x' }, 'PORT was "3000x"; it must be a whole number from 0 to 65535.'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY was "yes"; it must be true or false.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL was "loud"; it must be one of'],
    [{ HOST: 'not a host' }, 'HOST was "not a host"; it must be an IP address or a host name.'],
    [{ PUBLIC_URL: 'chat.example.org' }, 'PUBLIC_URL was "chat.example.org"; it must be an http or https address'],
    [{ PUBLIC_URL: 'https://example.org/chat' }, 'PUBLIC_URL was'],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS was "*"; it must be exact origins'],
    [{ CORS_ORIGINS: 'https://a.example.org/' }, 'CORS_ORIGINS was'],
    [{ DATABASE_URL: 'mysql://root@db/x' }, 'DATABASE_URL has a value that cannot be used'],
    [{ SECRET_KEY: `${'long'.repeat(10)},short` }, 'SECRET_KEY has a value that cannot be used (not shown here)'],
    [{ SMTP_URL: 'https://mail.example.org' }, 'SMTP_URL has a value that cannot be used (not shown here); it must be'],
    [{ MAIL_FROM: 'nobody' }, 'MAIL_FROM was "nobody"; it must be an e-mail address'],
    [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'a@example.org' }, 'SMTP_URL is set, so PUBLIC_URL must be too'],
    [
      { SMTP_URL: 'smtp://localhost', PUBLIC_URL: 'http://localhost:3000' },
      'SMTP_URL is set, so MAIL_FROM must be too',
    ],
    [{ SECRET_KEY: 'short' }, 'SECRET_KEY has a value that cannot be used (not shown here); it must be at least 32'],
  ])('refuses %j in a sentence', (env, sentence) => {
    expect(complaintOf(env)).toContain(sentence);
  });

  it('never shows a secret', () => {
    const complaint = complaintOf({ DATABASE_URL: 'mysql://root:hunter2@db/x', SECRET_KEY: 'tooshort' });
    expect(complaint).not.toMatch(/hunter2|tooshort/);
    expect(complaint.split('\n')).toHaveLength(2);
  });

  it('has a row for each variable', () => {
    expect(configTable).toContainEqual(expect.objectContaining({ name: 'PORT', default: '3000' }));
    expect(configTable).toHaveLength(Object.keys(readConfig({})).length);
  });
});
