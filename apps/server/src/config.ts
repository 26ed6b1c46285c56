import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { limits } from '@tertulia/contract';
import { z } from 'zod';
import { BootError } from './platform/boot-error.js';

/** The same from src/ and from dist/. */
const repoRoot = fileURLToPath(new URL('../../../', import.meta.url));

export interface Config {
  host: string;
  /** 0: any free port. */
  port: number;
  dataDir: string;
  /** null: the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** null: nodes find each other's commits in the database alone, a quarter of a second later. */
  redisUrl: string | null;
  /** null: only known from each request. With https, cookies are Secure. */
  publicUrl: URL | null;
  /** null: no mail is sent. Never without publicUrl and mailFrom. */
  smtpUrl: string | null;
  mailFrom: string | null;
  corsOrigins: string[];
  trustProxy: boolean;
  /** The first signs, the others are believed. null: generated in the data folder. */
  secrets: string[] | null;
  logLevel: LogLevel;
  /** Socket events per second and socket that are answered; three times as many may come at once. */
  eventsPerSecond: number;
  /** Sockets open at once from one address, this machine's own excepted. */
  socketsPerAddress: number;
  webDir: string;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export class ConfigError extends BootError {
  override readonly name = 'ConfigError';
}

interface Variable<T> {
  name: string;
  unset: T;
  /** The default as the documents show it. */
  shown: string;
  meaning: string;
  must: string;
  schema: z.ZodType<T, string>;
  secret?: true;
}

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

const count = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(100_000));

const variables: { [K in keyof Config]: Variable<Config[K]> } = {
  host: {
    name: 'HOST',
    unset: '127.0.0.1',
    shown: '127.0.0.1',
    meaning: 'The address to listen on. 0.0.0.0 or :: for every network of this machine.',
    must: 'an IP address or a host name',
    schema: z.union([z.ipv4(), z.ipv6(), z.string().regex(hostName)]),
  },
  port: {
    name: 'PORT',
    unset: 3000,
    shown: '3000',
    meaning: 'The port to listen on; 0 takes any free one.',
    must: 'a whole number from 0 to 65535',
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.int().max(65_535)),
  },
  dataDir: {
    name: 'DATA_DIR',
    unset: path.join(repoRoot, 'data'),
    shown: './data',
    meaning: 'The folder of all that must be kept: the embedded PostgreSQL, the generated secret.',
    must: 'the path of a folder',
    schema: z.string().transform((value) => path.resolve(value)),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    unset: null,
    shown: 'the embedded PostgreSQL',
    meaning: 'A PostgreSQL of your own, version 14 or newer.',
    must: 'an address such as postgres://user:password@host:5432/database',
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    secret: true,
  },
  redisUrl: {
    name: 'REDIS_URL',
    unset: null,
    shown: 'none',
    meaning: 'A Redis or Valkey that all nodes of this chat can reach. With several nodes, messages cross at once.',
    must: 'an address such as redis://user:password@host:6379, or rediss:// for TLS',
    schema: z.url({ protocol: /^rediss?$/ }),
    secret: true,
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    unset: null,
    shown: 'none',
    meaning: 'The address people open. With https, cookies are sent over https only.',
    must: 'an http or https address without a path, such as https://chat.example.org',
    schema: z
      .string()
      .refine(isOrigin)
      .transform((value) => new URL(value)),
  },
  smtpUrl: {
    name: 'SMTP_URL',
    unset: null,
    shown: 'none',
    meaning: 'The mail server by which people get a link for a new password. Needs MAIL_FROM and PUBLIC_URL.',
    must: 'an address such as smtps://user:password@mail.example.org, or smtp:// for STARTTLS',
    schema: z.url({ protocol: /^smtps?$/ }),
    secret: true,
  },
  mailFrom: {
    name: 'MAIL_FROM',
    unset: null,
    shown: 'none',
    meaning: 'Who mail of this server is from.',
    must: 'an e-mail address, with or without a name, such as Tertulia <chat@example.org>',
    schema: z.string().regex(/^(?:[^<>@\p{Cc}]{0,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u),
  },
  corsOrigins: {
    name: 'CORS_ORIGINS',
    unset: [],
    shown: 'none',
    meaning: 'Other origins whose pages may use this server, separated by commas.',
    must: 'exact origins separated by commas, such as https://a.example.org,https://b.example.org, without a path and without *',
    schema: z
      .string()
      .transform((value) => value.split(',').map((origin) => origin.trim()))
      .pipe(z.array(z.string().refine((origin) => isOrigin(origin) && new URL(origin).origin === origin))),
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    unset: false,
    shown: 'false',
    meaning: "Take a visitor's address from X-Forwarded-For. Only behind a proxy that sets it.",
    must: 'true or false',
    schema: z.enum(['true', 'false']).transform((value) => value === 'true'),
  },
  secrets: {
    name: 'SECRET_KEY',
    unset: null,
    shown: 'generated in DATA_DIR',
    meaning:
      'The secret from which keys are derived. Several nodes need the same one. While it is exchanged, two: the first signs, the second is believed.',
    must: 'at least 32 characters long; several are separated by commas',
    schema: z
      .string()
      .transform((value) => value.split(',').map((secret) => secret.trim()))
      .pipe(z.array(z.string().min(32))),
    secret: true,
  },
  logLevel: {
    name: 'LOG_LEVEL',
    unset: 'info',
    shown: 'info',
    meaning: 'How much is logged.',
    must: `one of ${logLevels.join(', ')}`,
    schema: z.enum(logLevels),
  },
  eventsPerSecond: {
    name: 'EVENTS_PER_SECOND',
    unset: limits.eventsPerSecond,
    shown: String(limits.eventsPerSecond),
    meaning:
      'Socket events per second and connection; three times as many may come at once. Raise it for bots and benchmarks.',
    must: 'a whole number from 1 to 100000',
    schema: count,
  },
  socketsPerAddress: {
    name: 'SOCKETS_PER_ADDRESS',
    unset: 50,
    shown: '50',
    meaning:
      'Sockets open at once from one address other than this machine. Raise it for an office or a school behind one address.',
    must: 'a whole number from 1 to 100000',
    schema: count,
  },
  webDir: {
    name: 'WEB_DIR',
    unset: path.join(repoRoot, 'apps/web/out'),
    shown: './apps/web/out',
    meaning: 'The folder of the built pages.',
    must: 'the path of a folder',
    schema: z.string().transform((value) => path.resolve(value)),
  },
};

/** For the operator's manual. */
export const configTable = Object.values(variables).map(({ name, shown, meaning }) => ({
  name,
  default: shown,
  meaning,
}));

/** An empty variable counts as one that is not set. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const complaints: string[] = [];
  const read = <K extends keyof Config>(key: K): Config[K] => {
    const variable = variables[key];
    const value = env[variable.name]?.trim();
    if (!value) return variable.unset;
    const parsed = variable.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    complaints.push(complaint(variable, value));
    return variable.unset;
  };
  const config: Config = {
    host: read('host'),
    port: read('port'),
    dataDir: read('dataDir'),
    databaseUrl: read('databaseUrl'),
    redisUrl: read('redisUrl'),
    publicUrl: read('publicUrl'),
    smtpUrl: read('smtpUrl'),
    mailFrom: read('mailFrom'),
    corsOrigins: read('corsOrigins'),
    trustProxy: read('trustProxy'),
    secrets: read('secrets'),
    logLevel: read('logLevel'),
    eventsPerSecond: read('eventsPerSecond'),
    socketsPerAddress: read('socketsPerAddress'),
    webDir: read('webDir'),
  };
  // The address in a mail is never taken from whoever asked for it.
  if (config.smtpUrl !== null && config.publicUrl === null && !env['PUBLIC_URL']?.trim())
    complaints.push('SMTP_URL is set, so PUBLIC_URL must be too: links in mails lead there.');
  if (config.smtpUrl !== null && config.mailFrom === null && !env['MAIL_FROM']?.trim())
    complaints.push('SMTP_URL is set, so MAIL_FROM must be too.');
  if (complaints.length > 0) throw new ConfigError(complaints.join('\n'));
  return config;
}

function complaint({ name, must, secret }: Variable<unknown>, value: string): string {
  const was = secret ? 'has a value that cannot be used (not shown here)' : `was ${JSON.stringify(value)}`;
  return `${name} ${was}; it must be ${must}.`;
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return isBare && (url.protocol === 'http:' || url.protocol === 'https:');
}
