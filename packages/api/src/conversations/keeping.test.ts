import { type Dialect, eachDatabase } from '@koreromai/testing';
import type { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

eachDatabase('what a person keeps of a conversation, and who closes it', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'a', 'b', 'c', 'outsider']);
  const group = () => cast.world.group(cast.owner, [cast.a, cast.b, cast.c]);
  const say = (who: Person, conversationId: string, text: string) => who.api.messages.post({ conversationId, text });
  const texts = async (who: Person, conversationId: string) => (await who.api.messages.list({ conversationId })).items.map((m) => m.text);
  const listed = async (who: Person, id: string) => (await who.api.conversations.list({})).items.some((c) => c.id === id);
  const eventsOf = async (stream: string) => (await cast.world.services.log.everything(0, 100_000)).filter((e) => e.stream === stream);

  test('a hidden chat is out of my list alone, survives a new name, and is back with the next message', async () => {
    const { id } = await group();
    await say(cast.a, id, 'one');
    for (let i = 0; i < 2; i++) await cast.b.api.conversations.hide({ conversationId: id });
    await cast.owner.api.conversations.update({ conversationId: id, name: 'Renamed' });
    expect([await listed(cast.b, id), await listed(cast.a, id)]).toEqual([false, true]);
    expect((await cast.b.api.conversations.list({ hidden: true })).items.find((c) => c.id === id)).toMatchObject({ hidden: true });
    expect(await texts(cast.b, id)).toEqual(['one']);
    expect((await eventsOf(cast.b.id)).filter((e) => e.subject === id && e.type === 'conversation.hidden')).toHaveLength(1);
    await say(cast.a, id, 'two');
    expect(await listed(cast.b, id)).toBe(true);
    expect(await cast.b.api.conversations.get({ conversationId: id })).toMatchObject({ hidden: false });
    expect(await texts(cast.b, id)).toEqual(['two', 'one']);
  });

  test('D-del3: a cleared chat is empty for me, whole for the other, and comes back with only what is new', async () => {
    const { id } = await cast.world.direct(cast.a, cast.b);
    const { message } = await say(cast.a, id, 'one');
    for (let i = 0; i < 2; i++) await cast.b.api.conversations.clear({ conversationId: id });
    expect(await listed(cast.b, id)).toBe(false);
    expect(await verdict(cast.b.api.messages.get({ messageId: message.id }))).toBe('NOT_FOUND');
    expect([await texts(cast.b, id), await texts(cast.a, id)]).toEqual([[], ['one']]);
    await say(cast.a, id, 'two');
    expect(await listed(cast.b, id)).toBe(true);
    expect(await cast.b.api.conversations.get({ conversationId: id })).toMatchObject({ unreadCount: 1, lastMessage: { text: 'two' } });
    expect([await texts(cast.b, id), await texts(cast.a, id)]).toEqual([['two'], ['two', 'one']]);
  });

  test('C4: opening a cleared direct chat brings it back to my list, still empty', async () => {
    const { id } = await cast.world.direct(cast.a, cast.c);
    await say(cast.c, id, 'old');
    await cast.a.api.conversations.clear({ conversationId: id });
    const made = await cast.a.api.conversations.create({ kind: 'direct', person: cast.c.id });
    expect(made).toMatchObject({ status: 'existing', conversation: { id, hidden: false, lastMessage: null } });
    expect([await listed(cast.a, id), await texts(cast.a, id)]).toEqual([true, []]);
  });

  test('notifications are mine alone, told once, and until when', async () => {
    const { id } = await group();
    const mutedUntil = '2026-12-01T00:00:00.000Z';
    for (let i = 0; i < 2; i++) await cast.a.api.conversations.notify({ conversationId: id, level: 'mentions', mutedUntil });
    const of = async (who: Person) => (await who.api.conversations.get({ conversationId: id })).notifications;
    expect([await of(cast.a), await of(cast.b)]).toEqual([
      { level: 'mentions', mutedUntil },
      { level: 'all', mutedUntil: null },
    ]);
    expect((await eventsOf(cast.a.id)).filter((e) => e.type === 'notifications.changed' && e.subject === id)).toHaveLength(1);
    expect(await verdict(cast.a.api.conversations.notify({ conversationId: id, level: 'some' as never }))).toBe('BAD_INPUT');
  });

  test('D-del4: only the owner closes a group; its people are told who and when, strangers nothing', async () => {
    const { id } = await group();
    await say(cast.a, id, 'one');
    const close = (who: Person) => verdict(who.api.conversations.close({ conversationId: id }));
    expect([await close(cast.a), await close(cast.outsider)]).toEqual(['NOT_OWNER', 'NOT_FOUND']);
    expect([await close(cast.owner), await close(cast.owner)]).toEqual(['done', 'done']);
    expect((await eventsOf(id)).filter((e) => e.type === 'conversation.closed')).toHaveLength(1);
    const calls = (who: Person) => [
      verdict(who.api.conversations.get({ conversationId: id })),
      verdict(who.api.messages.list({ conversationId: id })),
      verdict(who.api.messages.post({ conversationId: id, text: 'still' })),
      close(who),
    ];
    expect(await Promise.all(calls(cast.a))).toEqual(Array(4).fill('CONVERSATION_CLOSED'));
    expect(await Promise.all(calls(cast.outsider))).toEqual(Array(4).fill('NOT_FOUND'));
    const refused = await cast.a.api.conversations.get({ conversationId: id }).catch((e: TRPCError) => e.cause);
    const closedAt = new Date(cast.world.clock.now).toISOString();
    expect(refused).toMatchObject({ info: { details: { closedAt, closedBy: { id: cast.owner.id } } } });
    expect(await listed(cast.a, id)).toBe(false);
  });

  test('D-del4: a direct chat is closed by nobody, before any look at roles', async () => {
    const { id } = await cast.world.direct(cast.owner, cast.c);
    expect(await verdict(cast.owner.api.conversations.close({ conversationId: id }))).toBe('DIRECT_IMMUTABLE');
    expect(await verdict(cast.outsider.api.conversations.close({ conversationId: id }))).toBe('NOT_FOUND');
  });
});
