import { bytesOf, type Engine, newId } from '@koreromai/db';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import { chatsOf, entryFacts, nothingFound } from './entry.ts';

const asked: string[] = [];
/** Notes whether a batch begins with locks or goes ahead of them. */
const noted = (engine: Engine): Engine => ({
  ...engine,
  begin(locks, lookups) {
    asked.push('locks');
    return engine.begin(locks, lookups);
  },
  ...(engine.ahead && {
    ahead: {
      ...engine.ahead,
      commit(writes, events, moves) {
        asked.push('ahead');
        return engine.ahead?.commit(writes, events, moves) ?? Promise.resolve(null);
      },
    },
  }),
});

const cast = createCast('sqlite', ['owner', 'a', 'b'], { engine: noted });
/** How `work` went to the database, in order. */
const by = async (work: () => Promise<unknown>) => {
  await cast.world.services.caughtUp(); // a follower's step in the same batch would take it along behind locks
  asked.length = 0;
  await work();
  return asked.filter((way, i) => way !== asked[i - 1]);
};

test('a plain post in a group goes to SQLite in one go; what quotes or names somebody begins with locks', async () => {
  const { id } = await cast.world.group(cast.owner, [cast.a, cast.b]);
  const post = (text: string, replyToId?: string) => cast.a.api.messages.post({ conversationId: id, text, replyToId });
  const { message } = await post('the first');
  expect(await by(() => post('the second'))).toEqual(['ahead']);
  expect(await by(() => post('an answer', message.id))).toEqual(['locks']);
  await cast.b.api.users.updateMe({ username: 'bea' });
  expect(await by(() => post('@bea look'))).toEqual(['locks']);
});

test('G3: a repeat goes ahead, is refused by its id and known again', async () => {
  const { id } = await cast.world.group(cast.owner, [cast.a, cast.b]);
  const post = () => cast.a.api.messages.post({ conversationId: id, id: again, text: 'once' });
  const again = newId();
  const first = await post();
  expect(await by(async () => expect(await post()).toEqual({ ...first, replayed: true }))).toEqual(['ahead', 'locks']);
  expect(await verdict(cast.a.api.messages.post({ conversationId: id, id: again, text: 'another' }))).toBe('IDEMPOTENCY_MISMATCH');
});

test('B1: in a direct chat blocks decide too, so a post there begins with locks, and whoever is blocked is refused', async () => {
  const { id } = await cast.world.direct(cast.owner, cast.a);
  const post = () => cast.a.api.messages.post({ conversationId: id, text: 'kia ora' });
  await post();
  expect(await by(post)).toEqual(['locks']);
  await cast.owner.api.blocks.add({ userId: cast.a.id });
  expect(await verdict(post())).toBe('CANNOT_MESSAGE');
});

test('what is held on to of a chat has no bytes in it as they were read: each would keep the whole pool that it was cut from', () => {
  const [id, user] = [newId(), newId()];
  const conversation = {
    id: bytesOf(id),
    kind: 'group',
    closed_at: null,
    owner_id: bytesOf(user),
    access: 'public',
    history: 'all',
  } as const;
  const inside = [{ conversation_id: bytesOf(id), user_id: bytesOf(user) }];
  const found = { ...nothingFound, conversations: [{ ...conversation, password_version: 0 }], inside };
  const [[, chat] = []] = chatsOf(entryFacts(found));
  expect(chat).toEqual({
    conversation: { kind: 'group', closed_at: null, ownerId: user, access: 'public', history: 'all', password_version: 0 },
    inside: new Set([user]),
  });
});
