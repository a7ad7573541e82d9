import { createHash, createHmac } from 'node:crypto';

/** The secret of one webhook, derived from the instance's own: the same after a restore and a move, in every process, and stored nowhere. */
export const webhookSecretOf = (secret: Buffer, webhookId: string): string =>
  `whsec_${createHmac('sha256', createHash('sha256').update(secret).update('webhook').digest()).update(webhookId).digest('base64')}`;

/** The headers of a delivery (Standard Webhooks): who knows the secret can tell that it came from here, when, and unchanged. `at` in milliseconds since 1970. */
export function signedHeaders(secret: string, { id, at, body }: { id: string; at: number; body: string }): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
