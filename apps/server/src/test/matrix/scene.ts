import { randomId, tokenOf } from '@koreromai/db';
import type { Dialect } from '@koreromai/testing';
import { type Out, type Person, startServer, type TestServer } from '../server.ts';
import type { Subject } from './matrix.ts';
import { queued } from './queued.ts';

/** One group and what is in it. */
export interface Stage {
  readonly conversationId: string;
  readonly messageId: string;
  /** Public rooms of the owner's. */
  readonly roomId: string;
  readonly doomedRoomId: string;
  /** Another message of the owner's. */
  readonly doomedId: string;
  readonly invitationId: string;
  readonly linkToken: string;
  /** Of a link to a new password that was used long ago. */
  readonly resetToken: string;
  /** Of the group, and something it is to be told. */
  readonly webhookId: string;
  readonly deliveryId: string;
  /** A member whom only the owner could remove. */
  readonly otherId: string;
}

/** A browser's, from the example of RFC 8291. */
const browserKeys = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};

export type Cast = Readonly<Record<Exclude<Subject, 'anonymous' | 'badToken'> | 'other', Person>> & {
  /** The owner's. */
  readonly bot: { readonly id: string; readonly tokenId: string };
};

/** A server with everyone of the matrix on it. */
export async function createScene(dialect: Dialect) {
  const server = await startServer({ dialect });
  const siteAdmin = await server.signUp('siteadmin'); // the first account of an instance
  const [owner, member, other, left, removed, outsider, invited, revokedSession] = await server.people(
    ...(['owner', 'member', 'other', 'left', 'removed', 'outsider', 'invited', 'revoked'] as const),
  );
  const [convAdmin, moderator, suspended] = await server.people('convadmin', 'moderator', 'suspended');
  await server.ok('auth.signOut', undefined, revokedSession);
  await server.ok('admin.updateUser', { userId: moderator.id, role: 'moderator' }, siteAdmin);
  await server.ok('admin.updateUser', { userId: suspended.id, suspended: true }, siteAdmin);
  const inside = { owner, member, other, left, removed, convAdmin };
  const { id: botId } = await server.ok<Out['bots']['create']>('bots.create', { name: 'Karere' }, owner);
  const made = { botId, name: 'Doomed', scopes: ['read'] };
  const { id: tokenId } = await server.ok<Out['bots']['createToken']>('bots.createToken', made, owner);
  const bot = { id: botId, tokenId };
  const cast: Cast = { ...inside, siteAdmin, moderator, suspended, outsider, invited, revokedSession, bot };
  await server.ok('contacts.request', { person: owner.email }, other);
  const { sessionId: ownersSession } = await server.ok<{ sessionId: string }>('session.snapshot', undefined, owner);
  return {
    server,
    cast,
    ownersSession,
    /** The database as it was seen last, or null once something was written. */
    seen: { state: null as string | null },
    stage: () => buildStage(server, cast),
    tokenOf: (subject: Subject): string | undefined =>
      subject === 'anonymous' ? undefined : subject === 'badToken' ? 'A'.repeat(43) : cast[subject].token,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export type Scene = Awaited<ReturnType<typeof createScene>>;

let stages = 0;

/** A new group in which every subject stands as the matrix says. */
async function buildStage(server: TestServer, { owner, member, other, left, removed, convAdmin }: Cast): Promise<Stage> {
  const { id: conversationId, pending } = await server.group(owner, [
    ...[member, other, left, removed, convAdmin].map((p) => p.email),
    `guest-${stages++}@example.org`,
  ]);
  const [seat] = pending;
  if (!seat) throw new Error('The guest has no seat.');
  await server.ok('conversations.leave', { conversationId }, left);
  await server.ok('members.remove', { conversationId, userId: removed.id }, owner);
  const open = () => server.ok<Out['rooms']['create']>('rooms.create', { name: `Room ${stages++}` }, owner);
  const [room, doomedRoom] = [await open(), await open()];
  const promote = (id: string) => server.ok('members.setRole', { conversationId: id, userId: convAdmin.id, role: 'admin' }, owner);
  for (const { id } of [room, doomedRoom]) {
    await server.ok('rooms.follow', { roomId: id }, convAdmin);
    await promote(id);
  }
  await promote(conversationId);
  const post = (text: string) => server.ok<Out['messages']['post']>('messages.post', { conversationId, text }, owner);
  const [said, doomed] = [await post('Kia ora koutou'), await post('Forget this')];
  const listening = { conversationId, url: 'https://hooks.example.nz/stage', events: ['message.created'] };
  const { id: webhookId } = await server.ok<Out['webhooks']['create']>('webhooks.create', listening, owner);
  const deliveryId = randomId();
  await server.services.lane.change(queued, { id: deliveryId, webhookId });
  return {
    webhookId,
    deliveryId,
    conversationId,
    messageId: said.message.id,
    doomedId: doomed.message.id,
    roomId: room.id,
    doomedRoomId: doomedRoom.id,
    resetToken: tokenOf(server.services.db.secret, 'reset', randomId()),
    invitationId: seat.id,
    linkToken: seat.link.split('/').at(-1) ?? '',
    otherId: other.id,
  };
}

/** For each procedure an input that would work for whoever may call it. */
export function inputsFor(stage: Stage, cast: Cast, ownersSession: string): Readonly<Record<string, unknown>> {
  const { conversationId, messageId, roomId } = stage;
  return {
    'admin.audit': {},
    'admin.deleteReported': { reportId: stage.otherId },
    'admin.reports': {},
    'admin.resolveReport': { reportId: stage.otherId, resolved: true },
    'admin.settings': undefined,
    'admin.updateSettings': { directory: 'contacts' },
    'admin.updateUser': { userId: cast.other.id, role: 'user', suspended: false },
    'mail.list': {},
    'admin.users': { query: cast.other.email },
    'analytics.daily': { conversationId },
    'analytics.topConversations': {},
    'analytics.topUsers': { conversationId },
    'auth.changePassword': { current: 'not the right one', next: 'a long enough password' },
    'auth.forgotPassword': { email: 'nobody-at-all@example.org' },
    'auth.resetPassword': { token: stage.resetToken, next: 'a long enough password' },
    'auth.signUp': { email: `new-${stages++}@example.org`, password: 'a long enough password', name: 'Nobody yet' },
    'auth.signIn': { email: cast.other.email, password: cast.other.password },
    'auth.signOut': undefined,
    'auth.sessions': {},
    'auth.revokeSession': { sessionId: ownersSession },
    'auth.revokeOtherSessions': undefined,
    'bots.list': {},
    'bots.create': { name: `Bot ${stages++}` },
    'bots.remove': { botId: cast.other.id },
    'bots.tokens': { botId: cast.bot.id },
    'bots.createToken': { botId: cast.bot.id, name: 'In the cellar', scopes: ['read'] },
    'bots.revokeToken': { botId: cast.bot.id, tokenId: cast.bot.tokenId },
    'blocks.list': {},
    'blocks.add': { userId: cast.revokedSession.id },
    'blocks.remove': { userId: cast.revokedSession.id },
    'contacts.list': {},
    'contacts.request': { person: cast.other.id },
    'contacts.answer': { userId: cast.other.id, accept: true },
    'contacts.remove': { userId: cast.revokedSession.id },
    'follows.list': {},
    'follows.add': { userId: cast.other.id },
    'follows.remove': { userId: cast.other.id },
    'refusals.list': {},
    'refusals.lift': { targetId: conversationId },
    'conversations.hide': { conversationId },
    'conversations.clear': { conversationId },
    'conversations.notify': { conversationId, level: 'mentions' },
    'conversations.close': { conversationId },
    'members.setRole': { conversationId, userId: stage.otherId, role: 'admin' },
    'conversations.create': { kind: 'group', people: [cast.other.email, cast.invited.email, cast.siteAdmin.email, cast.outsider.email] },
    'conversations.list': {},
    'conversations.get': { conversationId },
    'conversations.update': { conversationId, name: 'Another name' },
    'conversations.leave': { conversationId },
    'events.subscribe': {},
    'events.watch': { rooms: [roomId] },
    'hooks.list': { conversationId },
    'hooks.create': { conversationId: roomId, name: `Hook ${stages++}` },
    'hooks.remove': { conversationId, hookId: stage.otherId },
    'invitations.list': { conversationId },
    'invitations.revoke': { invitationId: stage.invitationId },
    'invitations.open': { token: stage.linkToken },
    'invitations.accept': { token: stage.linkToken },
    'members.list': { conversationId },
    'members.add': { conversationId, person: cast.outsider.email },
    'members.remove': { conversationId, userId: stage.otherId },
    'messages.list': { conversationId },
    'messages.get': { messageId: stage.messageId },
    'messages.post': { conversationId, text: 'Tēnā koe' },
    'messages.edit': { messageId, text: 'Kia ora tātou' },
    'messages.revisions': { messageId },
    'messages.delete': { messageId: stage.doomedId },
    'messages.unhide': { messageId },
    'messages.hidden': {},
    'messages.mentions': {},
    'attachments.describe': { attachmentId: stage.otherId, description: 'A kiwi' },
    'messages.report': { messageId, reason: 'Please look at this.' },
    'push.key': undefined,
    'push.subscribe': { endpoint: `https://push.example.nz/${stages++}`, keys: browserKeys },
    'push.unsubscribe': { endpoint: 'https://push.example.nz/nothing' },
    'reactions.like': { messageId },
    'reactions.unlike': { messageId },
    'reactions.add': { messageId, emoji: '👍' },
    'reactions.remove': { messageId, emoji: '👍' },
    'pins.add': { messageId },
    'pins.list': { conversationId },
    'pins.remove': { messageId },
    'previews.list': { messageId },
    'reactions.list': { messageId },
    'drafts.set': { conversationId, text: 'begun' },
    'drafts.clear': { conversationId },
    'drafts.list': {},
    'preferences.get': undefined,
    'preferences.set': { receipts: true },
    'reads.list': { conversationId },
    'presence.list': { userIds: [cast.member.id] },
    'presence.typing': { conversationId },
    'reads.mark': { conversationId, seq: 2 },
    'reads.unread': { conversationId, seq: 2 },
    'search.messages': { q: 'kia', in: conversationId },
    'rooms.list': {},
    'rooms.create': { name: `A room ${stages++}` },
    'rooms.get': { roomId },
    'rooms.subscribe': { roomId },
    'rooms.enter': { roomId, password: 'nothing to know' },
    'rooms.follow': { roomId },
    'rooms.unfollow': { roomId },
    'rooms.update': { roomId, name: `Renamed ${stages++}` },
    'rooms.close': { roomId: stage.doomedRoomId },
    'rooms.allow': { roomId, userId: stage.otherId },
    'rooms.disallow': { roomId, userId: stage.otherId },
    'rooms.allowed': { roomId },
    'rooms.deny': { roomId, userId: stage.otherId },
    'rooms.undeny': { roomId, userId: stage.otherId },
    'rooms.denied': { roomId },
    'session.snapshot': undefined,
    'webhooks.list': { conversationId },
    'webhooks.create': { conversationId, url: 'https://hooks.example.nz/in', events: ['message.created'] },
    'webhooks.remove': { conversationId, webhookId: stage.otherId },
    'webhooks.enable': { conversationId, webhookId: stage.webhookId },
    'webhooks.deliveries': { conversationId, webhookId: stage.webhookId },
    'webhooks.resend': { conversationId, webhookId: stage.webhookId, deliveryId: stage.deliveryId },
    'users.create': { email: `new-${stages++}@example.org`, password: 'a long enough password', name: 'Nobody yet' },
    'users.me': undefined,
    'users.deleteMe': { password: 'not the password' },
    'users.messages': { userId: cast.other.id },
    'users.post': { userId: cast.other.id, text: 'Tēnā koe' },
    'users.correspondents': { userId: cast.member.id },
    'users.directMessages': {},
    'users.list': { query: 'member' },
    'users.get': { userId: cast.member.id },
    'users.report': { userId: cast.other.id, reason: 'Please look at this.' },
    'users.updateMe': { bio: `Bio ${stages++}` },
    'users.update': { userId: cast.owner.id, bio: `Bio ${stages++}` },
  };
}
