import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type InstanceSettings, instanceSettings } from '@koreromai/contract';
import { z } from 'zod';
import { fromHint, senderOf, smtpHint, smtpUrlOf } from './mail-settings.ts';
import { isLoopbackHost } from './origins.ts';
import { storageHint, storageUrlOf } from './storage-url.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const flags = ['--no-web'];

export interface Settings {
  /** 0 asks the system for a free port. */
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** `sqlite:` with an absolute path, `mysql://…` or `mariadb://…`. Holds the password: print it through `redactUrl` only. */
  databaseUrl: string;
  /** `file:` with an absolute path, or `s3://…`. May hold a secret: print it through `redactUrl` only. */
  storageUrl: string;
  /** `smtp://…` or `smtps://…`; null writes mails as files into `dataDir`. Holds the password. */
  smtpUrl: string | null;
  /** `NAME <ADDRESS>` or an address. */
  mailFrom: string;
  /** An origin, without a slash at the end. */
  publicUrl: string;
  /** Addresses and CIDR ranges whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  corsOrigins: string[];
  rateLimits: boolean;
  /** Pages that messages link to are asked for their titles. Unless told, not by somebody's own machine: trying it out asks no strangers. */
  linkPreviews: boolean;
  logLevel: z.infer<typeof logLevel>;
  /** What the environment says of the instance's settings; what an admin has set counts more. */
  seeds: Partial<InstanceSettings>;
  /** False with `--no-web`: the API alone. */
  web: boolean;
}

/** What is wrong with the settings: one sentence per bad setting, each safe to print, joined by newlines in `message`. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly sentences: string[];
  constructor(sentences: string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

/**
 * Every setting of the server, checked. An empty variable counts as absent. This is the only place that reads `process.env`.
 * @throws {SettingsError} naming each bad setting, what is wrong with it, and a value that would do
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env, argv: readonly string[] = process.argv.slice(2)): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = variables.safeParse(given);
  const sentences = new Map(argv.filter((arg) => !flags.includes(arg)).map((arg) => [arg, unknownFlag(arg)]));
  for (const { path, message } of parsed.error?.issues ?? []) {
    const setting = String(path[0]);
    if (!sentences.has(setting)) sentences.set(setting, `${setting} ${message}`);
  }
  if (!parsed.success || sentences.size > 0) throw new SettingsError([...sentences.values()]);
  const { PORT, DATA_DIR, DATABASE_URL, STORAGE_URL, PUBLIC_URL, ...rest } = parsed.data;
  return {
    port: PORT,
    host: rest.HOST,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? `sqlite:${join(DATA_DIR, 'koreromai.db')}`,
    smtpUrl: rest.SMTP_URL ?? null,
    mailFrom: rest.MAIL_FROM ?? `KoreroMai <no-reply@${hostOf(PUBLIC_URL ?? 'http://localhost')}>`,
    storageUrl: STORAGE_URL ?? `file:${join(DATA_DIR, 'files')}`,
    publicUrl: PUBLIC_URL ?? `http://localhost:${PORT}`,
    trustedProxies: rest.TRUSTED_PROXIES,
    corsOrigins: rest.CORS_ORIGINS,
    rateLimits: rest.RATE_LIMITS === 'on',
    linkPreviews: rest.LINK_PREVIEWS ? rest.LINK_PREVIEWS === 'on' : !isLoopbackHost(hostOf(PUBLIC_URL ?? 'http://localhost')),
    logLevel: rest.LOG_LEVEL,
    seeds: seedsOf(rest),
    web: !argv.includes('--no-web'),
  };
}

/**
 * Makes the data folder and tries whether it takes a file.
 * @throws {SettingsError} when it does not
 */
export function prepareDataDir(dir: string): void {
  try {
    makeFolder(dir);
    accessSync(dir, constants.W_OK);
    rmdirSync(mkdtempSync(join(dir, '.writable-'))); // access alone says yes to root on a read-only disk
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new SettingsError([
      `DATA_DIR is ${dir}, which cannot be written${why}; give a folder this user may write, e.g. DATA_DIR=./data.`,
    ]);
  }
}

/** Folder by folder: Node's own recursive way never ends where the system answers ENOENT for a folder that is there, as in /proc. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
}

/** A URL that may be printed: every password in it becomes `***`. */
export function redactUrl(url: string): string {
  return url
    .replace(/(:\/\/[^/?#@:]*):.*@/, '$1:***@') // greedy: a raw @ in the password must not leave half of it behind
    .replace(/([?&](?:password|passwd|pwd)=)[^&#]*/gi, '$1***');
}

const unknownFlag = (arg: string) => `${redactUrl(arg)} is not a flag of the server; the one there is: npm start -- ${flags.join(' ')}`;

const list = (wrong: string, readEntry: (entry: string) => string | null) =>
  z
    .string()
    .default('')
    .transform((raw, ctx) => {
      const entries = raw.split(',').flatMap((entry) => entry.trim() || []);
      return entries.map((entry) => readEntry(entry) ?? refuse(ctx, `holds ${JSON.stringify(redactUrl(entry))}, ${wrong}`));
    });

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be fatal, error, warn, info, debug, trace or silent, e.g. LOG_LEVEL=info.',
});

const { emailVisibility, messagingPolicy, directory, editWindow } = instanceSettings.shape;
const oneOf = <Choice extends string>(choice: z.ZodEnum<Record<Choice, Choice>>, example: string) =>
  z.enum(choice.enum, { error: `must be ${choice.options.join(', ')}, e.g. ${example}.` }).optional();
const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const duration = (example: string) =>
  z
    .string()
    .transform((raw, ctx) => {
      const [, number = '', unit = ''] = /^(\d{1,5})([smhd])$/.exec(raw.trim()) ?? [];
      const ms = raw.trim() === '0' ? 0 : Number(number) * (units[unit as keyof typeof units] ?? Number.NaN);
      return editWindow.safeParse(ms).success ? ms : refuse(ctx, `must be a time such as 90s, 15m, 24h or 30d, or 0, e.g. ${example}.`);
    })
    .optional();

const variables = z.object({
  PORT: z
    .string()
    .default('1337')
    .transform(
      (raw, ctx) => portOf(raw) ?? refuse(ctx, `is ${JSON.stringify(raw)}, but must be a number from 0 to 65535, e.g. PORT=1337.`),
    ),
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine((host) => isIP(host) > 0 || /^[a-z0-9.-]+$/i.test(host), 'must be an address to listen on without a port, e.g. HOST=0.0.0.0.'),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((dir) => resolve(root, dir)),
  DATABASE_URL: z
    .string()
    .transform((raw, ctx) => databaseUrlOf(raw) ?? refuse(ctx, databaseHint))
    .optional(),
  STORAGE_URL: z
    .string()
    .transform((raw, ctx) => storageUrlOf(raw, root) ?? refuse(ctx, storageHint))
    .optional(),
  SMTP_URL: z
    .string()
    .transform((raw, ctx) => smtpUrlOf(raw) ?? refuse(ctx, smtpHint))
    .optional(),
  MAIL_FROM: z
    .string()
    .transform((raw, ctx) => senderOf(raw) ?? refuse(ctx, fromHint))
    .optional(),
  PUBLIC_URL: z
    .string()
    .transform(
      (raw, ctx) =>
        originOf(raw) ?? refuse(ctx, 'must be http or https, a host and nothing after it, e.g. PUBLIC_URL=https://chat.example.org.'),
    )
    .optional(),
  TRUSTED_PROXIES: list('which is neither an address nor a CIDR range, e.g. TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8.', rangeOf),
  CORS_ORIGINS: list(
    'which is not an origin (no *, no path), e.g. CORS_ORIGINS=https://one.example.org,https://two.example.org.',
    originOf,
  ),
  RATE_LIMITS: z.enum(['on', 'off'], { error: 'must be on or off, e.g. RATE_LIMITS=on.' }).default('on'),
  LINK_PREVIEWS: z.enum(['on', 'off'], { error: 'must be on or off, e.g. LINK_PREVIEWS=off.' }).optional(),
  LOG_LEVEL: logLevel.default('info'),
  EMAIL_VISIBILITY: oneOf(emailVisibility, 'EMAIL_VISIBILITY=contacts'),
  MESSAGING_POLICY: oneOf(messagingPolicy, 'MESSAGING_POLICY=contacts'),
  DIRECTORY: oneOf(directory, 'DIRECTORY=off'),
  EDIT_WINDOW: duration('EDIT_WINDOW=24h'),
  RETENTION: duration('RETENTION=30d'),
});

/** Only what was given: the rest has its default, which a later version may change. */
const seedsOf = (rest: Omit<z.infer<typeof variables>, 'PORT' | 'DATA_DIR'>): Partial<InstanceSettings> => ({
  ...(rest.EMAIL_VISIBILITY && { emailVisibility: rest.EMAIL_VISIBILITY }),
  ...(rest.MESSAGING_POLICY && { messagingPolicy: rest.MESSAGING_POLICY }),
  ...(rest.DIRECTORY && { directory: rest.DIRECTORY }),
  ...(rest.EDIT_WINDOW !== undefined && { editWindow: rest.EDIT_WINDOW }),
  ...(rest.RETENTION !== undefined && { retention: rest.RETENTION }),
});

const databaseHint =
  'must be sqlite:PATH, or mysql://… or mariadb://… with a host and a database name, e.g. DATABASE_URL=mysql://koreromai:PASSWORD@localhost:3306/koreromai.';

function refuse(ctx: z.RefinementCtx, message: string): never {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const hostOf = (url: string) => new URL(url).hostname;

const portOf = (raw: string) => (/^\d{1,5}$/.test(raw.trim()) && Number(raw) <= 65_535 ? Number(raw) : null);

function originOf(raw: string): string | null {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  const bare = url !== null && url.pathname === '/' && url.search + url.hash + url.username + url.password === '';
  return bare && /^https?:$/.test(url.protocol) ? url.origin : null;
}

function rangeOf(raw: string): string | null {
  const [address = '', prefix, ...more] = raw.split('/');
  const family = isIP(address);
  const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
  return family > 0 && fits && more.length === 0 ? raw : null;
}

function databaseUrlOf(raw: string): string | null {
  if (raw.startsWith('sqlite:')) {
    const path = raw.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    return path === '' || path.startsWith(':') || path.endsWith('/') ? null : `sqlite:${resolve(root, path)}`;
  }
  const url = URL.canParse(raw) ? new URL(raw) : null;
  return url !== null && /^(mysql|mariadb):$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1 ? raw : null;
}

/** For fault tests alone: FAIL_AT="lane.locked:3" kills this process the third time it comes there. Nothing outside NODE_ENV=test. */
export function failPoint(env: NodeJS.ProcessEnv = process.env): ((point: string) => void) | null {
  const [point, count] = env.FAIL_AT?.split(':') ?? [];
  if (env.NODE_ENV !== 'test' || !point) return null;
  let left = Number(count ?? 1);
  return (here) => {
    if (here === point && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
