import { z } from 'zod';
import { limits } from './limits.ts';

/** The server's public key (VAPID, RFC 8292): what a browser subscribes with, 65 bytes in base64url. */
export const pushKey = z.object({ key: z.string() });

const endpoint = z.string().min(1).max(limits.push.endpoint);

/** The languages a notification can be worded in. */
export const pushLanguage = z.enum(['en', 'mi']);

/** What a browser's `PushSubscription` says of itself (RFC 8291), and the language its owner reads. */
export const pushSubscribeInput = z.strictObject({
  endpoint,
  keys: z.strictObject({
    p256dh: z.string().regex(/^B[A-Za-z0-9_-]{86}$/, { error: 'must be a point of P-256, uncompressed, in base64url' }),
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}$/, { error: 'must be 16 bytes in base64url' }),
  }),
  language: pushLanguage.default('en'),
});
export const pushUnsubscribeInput = z.strictObject({ endpoint });

/** What a push message carries, as JSON, encrypted to the browser. */
export const pushNews = z.object({
  chat: z.string(),
  title: z.string(),
  /** Messages unread in that chat, or those that name the reader where they want only these. At most 100: there are more. */
  count: z.int(),
  /** The newest of them, shortened; null unless the reader wants texts outside of the app. */
  text: z.string().nullable(),
  language: pushLanguage,
});
export type PushNews = z.infer<typeof pushNews>;
