import type { ErrorCode } from '@koreromai/contract';

/**
 * Who calls, seen from one group. `invited` holds a link to a pending seat; `convAdmin` is an admin of the group and of the room, where the
 * owner alone adds; `siteAdmin` runs the instance, `moderator` moderates it, and neither is in the group; `suspended` was shut out.
 */
export const subjects = [
  'anonymous',
  'badToken',
  'revokedSession',
  'suspended',
  'outsider',
  'invited',
  'member',
  'left',
  'removed',
  'convAdmin',
  'owner',
  'moderator',
  'siteAdmin',
] as const;
export type Subject = (typeof subjects)[number];

export const transports = ['http', 'ws', 'rest', 'batch'] as const;
export type Transport = (typeof transports)[number];

export type Outcome = 'ok' | ErrorCode;
export type Row = Readonly<Record<Subject, Outcome>> & { readonly onHttp?: ErrorCode };

const no = 'UNAUTHENTICATED';
const strangers = { anonymous: no, badToken: no, revokedSession: no, suspended: no } as const;

/** Open to all: what the caller is does not matter. */
const everyone: Row = row('ok', { anonymous: 'ok', badToken: 'ok', revokedSession: 'ok', suspended: 'ok' });
/** Whoever is signed in, about themselves. */
const signedIn: Row = row('ok');
/** Those in the group now; to all others it does not exist. */
const inside: Row = row('NOT_FOUND', { member: 'ok', convAdmin: 'ok', owner: 'ok' });
const ownerOnly: Row = row('NOT_FOUND', { member: 'NOT_OWNER', convAdmin: 'NOT_OWNER', owner: 'ok' });
/** What belongs to one person, here the owner: it does not exist for the others, not even for the site's admin. */
const ownersOwn: Row = row('NOT_FOUND', { owner: 'ok' });

/** Those in the group now, and the site's admin, who counts everything. */
const counted: Row = { ...inside, siteAdmin: 'ok' };
/** Those who run the instance, whether they are in the group or not. */
const adminsOnly: Row = row('FORBIDDEN', { siteAdmin: 'ok' });

/** Those who keep a room: its owner, its admins, and whoever runs or moderates the instance. */
const keepers: Row = row('FORBIDDEN', { convAdmin: 'ok', owner: 'ok', moderator: 'ok', siteAdmin: 'ok' });

/** Those who say which other systems write in a group and hear of it. */
const tenders: Row = row('NOT_FOUND', { member: 'NOT_ADMIN', convAdmin: 'ok', owner: 'ok' });

/** The whole truth about who may do what. A procedure without a row fails the suite. */
export const matrix: Readonly<Record<string, Row>> = {
  'admin.audit': adminsOnly,
  'admin.deleteReported': row('FORBIDDEN', { moderator: 'NOT_FOUND', siteAdmin: 'NOT_FOUND' }), // no such report
  'admin.reports': { ...adminsOnly, moderator: 'ok' },
  'admin.resolveReport': row('FORBIDDEN', { moderator: 'NOT_FOUND', siteAdmin: 'NOT_FOUND' }),
  'admin.settings': adminsOnly,
  'admin.updateSettings': adminsOnly,
  'admin.updateUser': adminsOnly, // it gives a role: moderators suspend, and no more
  'admin.users': adminsOnly,
  'mail.list': adminsOnly,
  'analytics.daily': counted,
  'analytics.topConversations': signedIn,
  'analytics.topUsers': counted,
  'auth.changePassword': row('PASSWORD_WRONG'), // who is signed in and does not know the password
  'auth.forgotPassword': everyone,
  'auth.resetPassword': row('RESET_GONE', {
    anonymous: 'RESET_GONE',
    badToken: 'RESET_GONE',
    revokedSession: 'RESET_GONE',
    suspended: 'RESET_GONE',
  }), // whoever holds the link
  'auth.signUp': everyone,
  'auth.signIn': everyone,
  'auth.signOut': signedIn,
  'auth.sessions': signedIn,
  'auth.revokeSession': ownersOwn,
  'auth.revokeOtherSessions': signedIn,
  'bots.list': signedIn,
  'bots.create': signedIn,
  'bots.remove': row('NOT_FOUND'), // of somebody who is no bot; whose it is deletes it in bots.test.ts
  'bots.tokens': ownersOwn,
  'bots.createToken': ownersOwn,
  'bots.revokeToken': ownersOwn,
  'blocks.list': signedIn,
  'blocks.add': signedIn,
  'blocks.remove': signedIn,
  'contacts.list': signedIn,
  'contacts.request': signedIn,
  'contacts.answer': ownersOwn, // whom the request went to
  'contacts.remove': signedIn,
  'follows.list': signedIn,
  'follows.add': signedIn,
  'follows.remove': signedIn,
  'refusals.list': signedIn,
  'refusals.lift': signedIn,
  'conversations.create': signedIn,
  'conversations.list': signedIn,
  'conversations.get': inside,
  'conversations.update': ownerOnly,
  'attachments.describe': row('NOT_FOUND'), // no such file: attachments.test.ts has its rules
  'conversations.leave': { ...inside, left: 'ok', removed: 'ok' }, // twice is no mistake
  'conversations.hide': inside,
  'conversations.clear': inside,
  'conversations.notify': inside,
  'conversations.close': ownerOnly,
  'events.watch': { ...signedIn, onHttp: 'METHOD_NOT_SUPPORTED' },
  'drafts.set': inside,
  'drafts.clear': inside,
  'drafts.list': signedIn,
  'preferences.get': signedIn,
  'preferences.set': signedIn,
  'events.subscribe': { ...signedIn, onHttp: 'METHOD_NOT_SUPPORTED' },
  'hooks.list': tenders,
  'hooks.create': keepers, // in a room
  'hooks.remove': { ...tenders, convAdmin: 'NOT_FOUND', owner: 'NOT_FOUND' }, // no such hook
  'invitations.list': signedIn,
  'invitations.revoke': ownersOwn,
  'invitations.open': everyone,
  'invitations.accept': row('ok', { member: 'ALREADY_MEMBER', convAdmin: 'ALREADY_MEMBER', owner: 'ALREADY_MEMBER' }), // whoever holds the link
  'members.list': inside,
  'members.add': ownerOnly,
  'members.remove': ownerOnly,
  'members.setRole': ownerOnly,
  'messages.list': inside,
  'messages.get': inside,
  'messages.post': inside,
  'messages.edit': row('NOT_FOUND', { member: 'NOT_AUTHOR', convAdmin: 'NOT_AUTHOR', owner: 'ok' }), // the message is the owner's
  'messages.revisions': inside,
  'messages.delete': row('NOT_FOUND', { member: 'FORBIDDEN', convAdmin: 'ok', owner: 'ok' }),
  'messages.unhide': inside,
  'messages.hidden': signedIn,
  'messages.mentions': signedIn,
  'messages.report': inside,
  'pins.add': inside,
  'pins.list': inside,
  'pins.remove': inside,
  'presence.list': signedIn,
  'presence.typing': inside,
  'previews.list': inside,
  'push.key': signedIn,
  'push.subscribe': signedIn,
  'push.unsubscribe': signedIn,
  'reactions.like': inside,
  'reactions.unlike': inside,
  'reactions.add': inside,
  'reactions.remove': inside,
  'reactions.list': inside,
  'reads.list': inside,
  'reads.mark': inside,
  'reads.unread': inside,
  'search.messages': inside, // asked of one chat
  'rooms.list': signedIn,
  'rooms.create': signedIn,
  'rooms.get': signedIn, // the room of the scene is public
  'rooms.subscribe': signedIn,
  'rooms.enter': signedIn,
  'rooms.follow': signedIn,
  'rooms.unfollow': { ...signedIn, owner: 'OWNER_STAYS' },
  'rooms.update': keepers,
  'rooms.close': { ...keepers, convAdmin: 'NOT_OWNER', moderator: 'NOT_OWNER' },
  'rooms.allow': keepers,
  'rooms.disallow': keepers,
  'rooms.allowed': keepers,
  'rooms.deny': keepers,
  'rooms.undeny': keepers,
  'rooms.denied': keepers,
  'session.snapshot': signedIn,
  'webhooks.list': tenders,
  'webhooks.create': tenders,
  'webhooks.remove': { ...tenders, convAdmin: 'NOT_FOUND', owner: 'NOT_FOUND' }, // no such webhook
  'webhooks.enable': tenders,
  'webhooks.deliveries': tenders,
  'webhooks.resend': tenders,
  'users.create': everyone,
  'users.me': signedIn,
  'users.deleteMe': row('PASSWORD_WRONG'), // the suites of deletion know the password
  'users.messages': signedIn,
  'users.post': signedIn,
  'users.correspondents': row('FORBIDDEN', { member: 'ok', siteAdmin: 'ok' }), // the member's own
  'users.directMessages': signedIn,
  'users.list': signedIn,
  'users.get': signedIn,
  'users.report': signedIn,
  'users.updateMe': signedIn,
  'users.update': row('FORBIDDEN', { owner: 'ok', siteAdmin: 'ok' }), // the owner's own profile
};

function row(others: Outcome, exceptions: Partial<Record<Subject, Outcome>> = {}): Row {
  const inAndOut = { outsider: others, invited: others, member: others, left: others, removed: others, convAdmin: others, owner: others };
  return { ...strangers, ...inAndOut, moderator: others, siteAdmin: others, ...exceptions };
}
