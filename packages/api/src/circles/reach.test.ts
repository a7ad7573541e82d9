import { bytesOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';
import type { MessagingPolicy } from './reach.ts';

/** Everything a refused caller is told. */
async function told(call: Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await call };
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (!(cause && typeof cause === 'object' && 'code' in cause && 'info' in cause)) throw error;
    return { code: cause.code, message: (cause as { message?: string }).message, info: cause.info };
  }
}

const marked = changeKind<{ id: string; column: 'deleted_at' | 'suspended_at' }, void>()({
  name: 'test.marked',
  alone: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: ({ id, column }, _facts, draft) => draft.update('user', { [column]: draft.now }, { id: bytesOf(id) }),
});

eachDatabase('who may reach whom', (dialect: Dialect) => {
  const cast = createCast(dialect, ['admin', 'owner', 'a', 'b', 'c']); // the first account runs the instance
  let n = 0;
  const people = <const N extends readonly string[]>(...names: N) =>
    cast.world.people(...(names.map((name) => `${name}${n++}`) as unknown as N));
  const group = (owner: Person, others: Person[]) => cast.world.group(owner, others);
  const add = (by: Person, conversationId: string, person: string) => by.api.members.add({ conversationId, person });
  const create = (by: Person, ...others: string[]) => by.api.conversations.create({ kind: 'group', people: others });
  async function under<T>(messagingPolicy: MessagingPolicy, work: () => Promise<T>): Promise<T> {
    await cast.admin.api.admin.updateSettings({ messagingPolicy });
    try {
      return await work();
    } finally {
      await cast.admin.api.admin.updateSettings({ messagingPolicy: 'open' });
    }
  }

  test('R039, M10: who left and refuses is not added again by the owner, until they lift it', async () => {
    const { owner, a, b, c } = cast;
    const { id } = await group(owner, [a, b, c]);
    await c.api.conversations.leave({ conversationId: id, block: 'group' });
    await c.api.conversations.leave({ conversationId: id }); // twice
    const tries = [
      add(owner, id, c.id),
      owner.api.conversations.update({ conversationId: id, add: [c.email], name: 'Never' }),
      add(owner, id, `@${c.caller.account.username}`),
    ];
    expect(await Promise.all(tries.map(verdict))).toEqual(['CANNOT_ADD_USER', 'CANNOT_ADD_USER', 'CANNOT_ADD_USER']);
    expect((await owner.api.conversations.get({ conversationId: id })).name).toBe('Whānau');
    expect((await c.api.refusals.list({})).items).toMatchObject([{ id, kind: 'conversation', conversationName: 'Whānau', user: null }]);
    await owner.api.refusals.lift({ targetId: id }); // somebody else's: nothing happens
    expect(await verdict(add(owner, id, c.id))).toBe('CANNOT_ADD_USER');
    await c.api.refusals.lift({ targetId: id });
    expect((await add(owner, id, c.id)).status).toBe('added');
    expect((await c.api.refusals.list({})).items).toEqual([]);
  });

  test('M10: refusing people keeps those out everywhere, and lets the others add one here', async () => {
    const { a, b, c } = cast;
    const [owner] = await people('chief');
    const { id } = await group(owner, [a, b, c]);
    await owner.api.conversations.update({ conversationId: id, addPolicy: 'members' });
    await c.api.conversations.leave({ conversationId: id, block: { members: [a.id] } });
    expect(await verdict(add(a, id, c.id))).toBe('CANNOT_ADD_USER');
    expect(await verdict(create(a, b.id, c.id))).toBe('CANNOT_ADD_USER');
    expect((await add(owner, id, c.id)).status).toBe('added');
    expect((await c.api.refusals.list({})).items).toMatchObject([{ id: a.id, kind: 'person', user: { id: a.id } }]);
    await c.api.refusals.lift({ targetId: a.id });
    expect(await verdict(create(a, b.id, c.id))).toBe('done');
  });

  test('M10: only people of that group can be refused this way, and nobody oneself', async () => {
    const { owner, a, b, c, admin } = cast;
    const { id } = await group(owner, [a, b, c]);
    const leave = (members: string[]) => verdict(c.api.conversations.leave({ conversationId: id, block: { members } }));
    expect([await leave([admin.id]), await leave([c.id]), await leave([])]).toEqual(['NOT_FOUND', 'BAD_INPUT', 'BAD_INPUT']);
    expect(await verdict(c.api.conversations.get({ conversationId: id }))).toBe('done');
  });

  test('M10, C15: a link of that group is void for whoever refused it, and for whoever blocks its maker', async () => {
    const { owner, a, b, c } = cast;
    const { id } = await group(owner, [a, b, c]);
    const link = async (email: string) => {
      const { conversation } = await add(owner, id, email);
      return (
        conversation.pending
          .find((p) => p.email === email)
          ?.link.split('/')
          .at(-1) ?? ''
      );
    };
    const token = await link('void@example.org');
    await c.api.conversations.leave({ conversationId: id, block: 'group' });
    expect(await verdict(c.api.invitations.accept({ token }))).toBe('CANNOT_ADD_USER');
    await c.api.refusals.lift({ targetId: id });
    await c.api.blocks.add({ userId: owner.id });
    expect(await verdict(c.api.invitations.accept({ token }))).toBe('CANNOT_ADD_USER');
    await c.api.blocks.remove({ userId: owner.id });
    await owner.api.blocks.add({ userId: c.id });
    expect(await verdict(c.api.invitations.accept({ token }))).toBe('CANNOT_ADD_USER');
    await owner.api.blocks.remove({ userId: c.id });
    expect(await verdict(c.api.invitations.accept({ token }))).toBe('done');
  });

  test('C6, M10, C14: a refusal, a block, a deleted and a suspended account are refused in the same words, and named as they were typed', async () => {
    const [owner, friend, refuser, blocker, gone, suspended] = await people('chief', 'friend', 'refuser', 'blocker', 'gone', 'suspended');
    const { id } = await group(owner, [friend, refuser, cast.a]);
    await refuser.api.conversations.leave({ conversationId: id, block: 'group' });
    await blocker.api.blocks.add({ userId: owner.id });
    await cast.world.services.lane.change(marked, { id: gone.id, column: 'deleted_at' });
    await cast.world.services.lane.change(marked, { id: suspended.id, column: 'suspended_at' });
    const answers = await Promise.all([refuser, blocker, gone, suspended].map((who) => told(add(owner, id, who.id))));
    const ids = [refuser, blocker, gone, suspended].map((who) => who.id);
    const same = { code: 'CANNOT_ADD_USER', message: 'One of these people cannot be added. Leave them out and try again.' };
    expect(answers).toEqual(ids.map((one) => ({ ...same, info: { details: { people: [one] } } })));
    const typed = blocker.email.toUpperCase();
    const made = await told(create(owner, friend.email, typed, gone.id, cast.b.id));
    expect(made).toEqual({ ...same, info: { details: { people: [typed, gone.id] } } });
    expect((await owner.api.conversations.list({})).items.map((c) => c.id)).toEqual([id]); // no partial group
  });

  test('B3: whoever blocked somebody must lift that before they add them', async () => {
    const [owner, a, b, c] = await people('chief', 'x', 'y', 'z');
    const { id } = await group(owner, [a, b]);
    await owner.api.blocks.add({ userId: c.id });
    expect(await told(add(owner, id, c.email))).toMatchObject({ code: 'UNBLOCK_FIRST', info: { details: { people: [c.email] } } });
    await c.api.blocks.add({ userId: owner.id });
    expect(await verdict(add(owner, id, c.email))).toBe('UNBLOCK_FIRST'); // the same: it tells nothing of the other block
    await owner.api.blocks.remove({ userId: c.id });
    expect(await verdict(add(owner, id, c.email))).toBe('CANNOT_ADD_USER');
  });

  test('C10: two who block each other may share a group that a third makes, and block concerns nobody inside', async () => {
    const [owner, a, b] = await people('chief', 'x', 'y');
    await a.api.blocks.add({ userId: b.id });
    const { id } = await group(owner, [a, b]);
    expect(await verdict(a.api.messages.post({ conversationId: id, text: 'kia ora' }))).toBe('done');
    expect(await verdict(b.api.messages.post({ conversationId: id, text: 'kia ora' }))).toBe('done');
    expect((await a.api.messages.list({ conversationId: id })).items).toHaveLength(2);
  });

  test('B1: neither side of a block opens the direct chat; what was said stays with both', async () => {
    const [a, b, c] = await people('x', 'y', 'z');
    const { id } = await cast.world.direct(a, b);
    await b.api.messages.post({ conversationId: id, text: 'before' });
    await a.api.blocks.add({ userId: b.id });
    await a.api.blocks.add({ userId: c.id });
    const open = (from: Person, to: Person) => from.api.conversations.create({ kind: 'direct', person: to.id });
    expect(await told(open(b, a))).toEqual(await told(open(c, a)));
    expect(await Promise.all([open(b, a), open(a, b), open(c, a)].map(verdict))).toEqual([
      'CANNOT_MESSAGE',
      'CANNOT_MESSAGE',
      'CANNOT_MESSAGE',
    ]);
    for (const who of [a, b]) expect((await who.api.messages.list({ conversationId: id })).items).toHaveLength(1);
    await a.api.blocks.remove({ userId: b.id });
    expect(await verdict(open(b, a))).toBe('done');
  });

  test('R077, C10: under `contacts` people write and add once both agreed', async () => {
    const [a, b, c] = await people('x', 'y', 'z');
    const open = () => a.api.conversations.create({ kind: 'direct', person: b.email });
    await under('contacts', async () => {
      expect(await verdict(open())).toBe('NOT_CONTACTS');
      expect(await told(create(a, b.email, c.email))).toMatchObject({
        code: 'NOT_CONTACTS',
        info: { details: { people: [b.email, c.email] } },
      });
      await a.api.contacts.request({ person: b.email });
      expect(await verdict(open())).toBe('NOT_CONTACTS');
      await b.api.contacts.answer({ userId: a.id, accept: true });
      expect(await verdict(open())).toBe('done');
      await a.api.contacts.remove({ userId: b.id });
      expect(await verdict(open())).toBe('done'); // what stands can be read
    });
  });

  test('R078, B5: under `mutualFollow` one way is not enough', async () => {
    const [a, b] = await people('x', 'y');
    const open = () => a.api.conversations.create({ kind: 'direct', person: b.email });
    await under('mutualFollow', async () => {
      expect(await verdict(open())).toBe('NOT_CONTACTS');
      await a.api.follows.add({ userId: b.id });
      expect(await verdict(open())).toBe('NOT_CONTACTS');
      await b.api.follows.add({ userId: a.id });
      expect(await verdict(open())).toBe('done');
    });
  });

  const say = (who: Person, conversationId: string) => verdict(who.api.messages.post({ conversationId, text: 'kia ora' }));

  test('B1, C14: neither side of a block says anything new: no post, no edit, no reaction; all of it again once it is lifted', async () => {
    const [a, b] = await people('x', 'y');
    const { id } = await cast.world.direct(a, b);
    const { message } = await b.api.messages.post({ conversationId: id, text: 'before' });
    await b.api.reactions.like({ messageId: message.id });
    await a.api.blocks.add({ userId: b.id });
    const edit = () => b.api.messages.edit({ messageId: message.id, text: 'before, and more' });
    const like = () => a.api.reactions.like({ messageId: message.id });
    expect([await say(a, id), await say(b, id), await verdict(edit()), await verdict(like())]).toEqual(Array(4).fill('CANNOT_MESSAGE'));
    expect(await verdict(b.api.users.post({ userId: a.id, text: 'by the other door' }))).toBe('CANNOT_MESSAGE');
    expect(await told(b.api.messages.post({ conversationId: id, text: 'x' }))).toMatchObject({ code: 'CANNOT_MESSAGE', info: {} });
    expect(await verdict(b.api.reactions.unlike({ messageId: message.id }))).toBe('done');
    const again = b.api.messages.post({ id: message.id, conversationId: id, text: 'before' });
    expect((await again).replayed).toBe(true); // a repeat of what was said before
    await a.api.blocks.remove({ userId: b.id });
    expect([await say(a, id), await say(b, id), await verdict(edit()), await verdict(like())]).toEqual(Array(4).fill('done'));
  });

  test('R077, B4: under `contacts` a direct chat turns read-only when the contact ends; groups go on', async () => {
    const [a, b, c] = await people('x', 'y', 'z');
    const { id } = await cast.world.direct(a, b);
    const shared = await group(a, [b, c]);
    await say(a, id);
    await under('contacts', async () => {
      expect([await say(a, id), await say(b, id)]).toEqual(['NOT_CONTACTS', 'NOT_CONTACTS']);
      expect(await verdict(a.api.users.post({ userId: b.id, text: 'by the other door' }))).toBe('NOT_CONTACTS');
      await a.api.contacts.request({ person: b.email });
      await b.api.contacts.answer({ userId: a.id, accept: true });
      expect([await say(a, id), await say(b, id)]).toEqual(['done', 'done']);
      await b.api.contacts.remove({ userId: a.id });
      expect([await say(a, id), await say(b, id), await say(a, shared.id)]).toEqual(['NOT_CONTACTS', 'NOT_CONTACTS', 'done']);
      expect((await b.api.messages.list({ conversationId: id })).items).toHaveLength(3);
    });
  });

  test('R078, B5: under `mutualFollow` one unfollow turns it read-only', async () => {
    const [a, b] = await people('x', 'y');
    const { id } = await cast.world.direct(a, b);
    await under('mutualFollow', async () => {
      await a.api.follows.add({ userId: b.id });
      expect(await say(a, id)).toBe('NOT_CONTACTS');
      await b.api.follows.add({ userId: a.id });
      expect([await say(a, id), await say(b, id)]).toEqual(['done', 'done']);
      await b.api.follows.remove({ userId: a.id });
      expect(await say(a, id)).toBe('NOT_CONTACTS');
    });
  });
});
