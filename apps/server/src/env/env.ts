import { join } from 'node:path';
import type { InstanceSettings } from '@koreromai/contract';
import { isLoopbackHost } from '../origins.ts';
import { SettingsError } from './error.ts';
import { hostOf } from './places.ts';
import { redactUrl } from './redact.ts';
import { type LogLevel, seedsOf, variables } from './variables.ts';

const flags = ['--no-web', '--demo'];

export interface Settings {
  /** 0 asks the system for a free port. */
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** `sqlite:` with an absolute path, or `mysql://…`. Holds the password: print it through `redactUrl` only. */
  databaseUrl: string;
  /** `file:` with an absolute path, or `s3://…`. May hold a secret: print it through `redactUrl` only. */
  storageUrl: string;
  /** `redis://…` or `rediss://…`; null for a process that is alone, or looks at the log. Holds the password. */
  redisUrl: string | null;
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
  logLevel: LogLevel;
  /** Who shows it may read /metrics; null leaves them to this machine. */
  metricsToken: string | null;
  /** What the environment says of the instance's settings; what an admin has set counts more. */
  seeds: Partial<InstanceSettings>;
  /** False with `--no-web`: the API alone. */
  web: boolean;
  /** True with `--demo`: whoever is on this machine may act as anybody. Only where nobody else gets in. */
  demo: boolean;
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
  if (parsed.success && argv.includes('--demo') && !isLocal(parsed.data)) sentences.set('--demo', demoHint);
  if (!parsed.success || sentences.size > 0) throw new SettingsError([...sentences.values()]);
  const { PORT, DATA_DIR, DATABASE_URL, STORAGE_URL, PUBLIC_URL, ...rest } = parsed.data;
  return {
    port: PORT,
    host: rest.HOST,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? `sqlite:${join(DATA_DIR, 'koreromai.db')}`,
    redisUrl: rest.REDIS_URL ?? null,
    smtpUrl: rest.SMTP_URL ?? null,
    mailFrom: rest.MAIL_FROM ?? `KoreroMai <no-reply@${hostOf(PUBLIC_URL ?? 'http://localhost')}>`,
    storageUrl: STORAGE_URL ?? `file:${join(DATA_DIR, 'files')}`,
    publicUrl: PUBLIC_URL ?? `http://localhost:${PORT}`,
    trustedProxies: rest.TRUSTED_PROXIES,
    corsOrigins: rest.CORS_ORIGINS,
    rateLimits: rest.RATE_LIMITS === 'on',
    linkPreviews: rest.LINK_PREVIEWS ? rest.LINK_PREVIEWS === 'on' : !isLoopbackHost(hostOf(PUBLIC_URL ?? 'http://localhost')),
    logLevel: rest.LOG_LEVEL,
    metricsToken: rest.METRICS_TOKEN ?? null,
    seeds: seedsOf(rest),
    web: !argv.includes('--no-web'),
    demo: argv.includes('--demo'),
  };
}

const isLocal = ({ HOST, PUBLIC_URL = 'http://localhost' }: { HOST: string; PUBLIC_URL?: string | undefined }) =>
  isLoopbackHost(HOST) && isLoopbackHost(hostOf(PUBLIC_URL));

const demoHint =
  '--demo lets anybody act as anybody, so it runs only where nobody else gets in: leave it out, or leave out HOST and PUBLIC_URL that are not this machine’s own (127.0.0.1, localhost).';

const unknownFlag = (arg: string) => `${redactUrl(arg)} is not a flag of the server; those there are: npm start -- ${flags.join(' ')}`;

/** For fault tests alone: FAIL_AT="lane.locked:3" kills this process the third time it comes there. Nothing outside NODE_ENV=test. */
export function failPoint(env: NodeJS.ProcessEnv = process.env): ((point: string) => void) | null {
  const [point, count] = env.FAIL_AT?.split(':') ?? [];
  if (env.NODE_ENV !== 'test' || !point) return null;
  let left = Number(count ?? 1);
  return (here) => {
    if (here === point && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
