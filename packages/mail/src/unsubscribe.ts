import { bytesOf, openToken } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

/** Ends mails about chats for one person. Twice is no mistake. */
export const unsubscribed = changeKind<{ userId: string }, void>()({
  name: 'mail.unsubscribed',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ userId }, _facts, draft) {
    draft.update('user', { mails: 0 }, { id: bytesOf(userId) });
  },
});

/** Whose mails a link ends, or null when it was not made here. */
export const subscriberOf = (secret: Buffer, token: string): string | null => openToken(secret, 'unsubscribe', token);
