import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type InstanceSettings, instanceSettings } from '@koreromai/contract';
import { z } from 'zod';
import { count, duration, list, oneOf, refuse } from './kinds.ts';
import { fromHint, senderOf, smtpHint, smtpUrlOf } from './mail.ts';
import { databaseHint, databaseUrlOf, originOf, portOf, rangeOf } from './places.ts';
import { redisHint, redisUrlOf } from './redis.ts';
import { storageHint, storageUrlOf } from './storage.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be fatal, error, warn, info, debug, trace or silent, e.g. LOG_LEVEL=info.',
});

const { emailVisibility, messagingPolicy, directory, botsPerPerson } = instanceSettings.shape;

/** What each variable may be, and what it becomes. */
export const variables = z.object({
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
    .transform((raw, ctx) => databaseUrlOf(raw, root) ?? refuse(ctx, databaseHint))
    .optional(),
  REDIS_URL: z
    .string()
    .transform((raw, ctx) => redisUrlOf(raw) ?? refuse(ctx, redisHint))
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
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 letters and digits without spaces, e.g. METRICS_TOKEN=4f1c0a7be2d9486fa3b5.')
    .optional(),
  EMAIL_VISIBILITY: oneOf(emailVisibility, 'EMAIL_VISIBILITY=contacts'),
  MESSAGING_POLICY: oneOf(messagingPolicy, 'MESSAGING_POLICY=contacts'),
  DIRECTORY: oneOf(directory, 'DIRECTORY=off'),
  EDIT_WINDOW: duration('EDIT_WINDOW=24h'),
  RETENTION: duration('RETENTION=30d'),
  BOTS_PER_PERSON: count(botsPerPerson, 'BOTS_PER_PERSON=10'),
});

/** Only what was given: the rest has its default, which a later version may change. */
export const seedsOf = (rest: Omit<z.infer<typeof variables>, 'PORT' | 'DATA_DIR'>): Partial<InstanceSettings> => ({
  ...(rest.EMAIL_VISIBILITY && { emailVisibility: rest.EMAIL_VISIBILITY }),
  ...(rest.MESSAGING_POLICY && { messagingPolicy: rest.MESSAGING_POLICY }),
  ...(rest.DIRECTORY && { directory: rest.DIRECTORY }),
  ...(rest.EDIT_WINDOW !== undefined && { editWindow: rest.EDIT_WINDOW }),
  ...(rest.RETENTION !== undefined && { retention: rest.RETENTION }),
  ...(rest.BOTS_PER_PERSON !== undefined && { botsPerPerson: rest.BOTS_PER_PERSON }),
});

export type LogLevel = z.infer<typeof logLevel>;
