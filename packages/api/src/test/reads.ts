import { fixtures } from './lists/every.ts';
import type { Cast } from './lists/scene.ts';

/** One way to ask a query, on data that gives it something to do. */
export type Ask = () => Promise<unknown>;

/** Every query of the router that gives no page, by its path. */
const singles: Readonly<Record<string, (cast: Cast) => Promise<Ask>>> = {
  'admin.settings':
    async ({ mia }) =>
    () =>
      mia.api.admin.settings(),
  'conversations.get': async (cast) => {
    const conversationId = await lively(cast);
    return () => cast.mia.api.conversations.get({ conversationId });
  },
  'invitations.open': async ({ world, mia, tama }) => {
    const made = await mia.api.conversations.create({ kind: 'group', people: [tama.id, 'guest-of-reads@example.org'] });
    const link = made.status === 'created' ? made.conversation.pending[0]?.link : undefined;
    return () => world.anonymous.invitations.open({ token: link?.split('/').at(-1) ?? '' });
  },
  'messages.get': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const { message } = await tama.api.messages.post({ conversationId: id, text: 'kia ora' });
    return () => mia.api.messages.get({ messageId: message.id });
  },
  'preferences.get':
    async ({ mia }) =>
    () =>
      mia.api.preferences.get(),
  'presence.list': async ({ world, mia, tama, rangi }) => {
    await world.direct(mia, tama);
    return () => mia.api.presence.list({ userIds: [tama.id, rangi.id] });
  },
  'push.key':
    async ({ mia }) =>
    () =>
      mia.api.push.key(),
  'rooms.get': async (cast) => {
    const roomId = await heldRoom(cast);
    return () => cast.mia.api.rooms.get({ roomId });
  },
  'rooms.subscribe': async (cast) => {
    const roomId = await heldRoom(cast);
    return () => cast.mia.api.rooms.subscribe({ roomId });
  },
  'session.snapshot': async (cast) => {
    for (let i = 0; i < 3; i++) await lively(cast);
    await cast.mia.api.rooms.follow({ roomId: await heldRoom(cast) });
    return () => cast.mia.api.session.snapshot();
  },
  'users.get':
    async ({ mia, tama }) =>
    () =>
      mia.api.users.get({ userId: tama.id }),
  'users.me':
    async ({ mia }) =>
    () =>
      mia.api.users.me(),
};

/** A group with messages, a reply, reactions, an invitation and something unread by mia. */
async function lively({ world, mia, tama, rangi }: Cast): Promise<string> {
  const made = await mia.api.conversations.create({ kind: 'group', people: [tama.id, rangi.id, `seat-${world.clock.now++}@example.org`] });
  if (made.status !== 'created') throw new Error('A group is never pending as a whole.');
  const conversationId = made.conversation.id;
  const { message } = await mia.api.messages.post({ conversationId, text: 'Kia ora koutou' });
  const { message: reply } = await tama.api.messages.post({ conversationId, text: 'Kia ora Mia', replyToId: message.id });
  await rangi.api.reactions.like({ messageId: reply.id });
  return conversationId;
}

/** A room of tama's with something said in it. */
async function heldRoom({ world, tama }: Cast): Promise<string> {
  const { id } = await tama.api.rooms.create({ name: `Marae ${world.clock.now++}` });
  await tama.api.messages.post({ conversationId: id, text: 'Haere mai' });
  return id;
}

export const asked: readonly string[] = [...Object.keys(fixtures), ...Object.keys(singles)];

/** Ways to ask the query at `path`: a list is asked for its first and its second page. Throws for a path without an entry. */
export async function waysToAsk(path: string, cast: Cast): Promise<Ask[]> {
  const single = singles[path];
  if (single) return [await single(cast)];
  const list = (await fixtures[path]?.(cast))?.list;
  if (!list) throw new Error(`${path} has no entry: add one to test/reads.ts, or to test/lists/ if it gives a page.`);
  const { nextCursor } = await list({ limit: 2 });
  return [() => list({ limit: 2 }), () => list({ limit: 2, cursor: nextCursor }), () => list({})];
}
