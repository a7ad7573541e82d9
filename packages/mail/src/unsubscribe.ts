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

/** Ends invitations to one address (`addressIdOf`), from anybody. Twice is no mistake. */
export const invitationsRefused = changeKind<{ addressId: string }, void>()({
  name: 'mail.uninvited',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ addressId }, _facts, draft) {
    draft.insert('invited_address', { id: bytesOf(addressId), mailed_at: null, refused_at: draft.now }, { set: ['refused_at'] });
  },
});

/** To which address a link ends invitations, or null when it was not made here for that. */
export const uninvitedOf = (secret: Buffer, token: string): string | null => openToken(secret, 'uninvite', token);

/** Whose mails a link ends, or null when it was not made here. */
export const subscriberOf = (secret: Buffer, token: string): string | null => openToken(secret, 'unsubscribe', token);
