import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('who spoke in a chat before', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'a', 'b', 'c', 'stranger']);
  const group = () => cast.world.group(cast.owner, [cast.a, cast.b, cast.c]);
  const say = (who: typeof cast.a, conversationId: string, more = {}) =>
    who.api.messages.post({ conversationId, text: 'Kia ora', ...more });
  const known = (who: typeof cast.a, id: string) => cast.world.services.standpoints.of(who.id, id);

  test('is known there at the next post with everybody else there, and in no other chat; in a direct chat each with the other one', async () => {
    const { id } = await group();
    const other = await group();
    expect(known(cast.a, id)).toBeUndefined();
    await say(cast.a, id);
    await say(cast.a, id);
    for (const one of [cast.a, cast.b, cast.c, cast.owner]) expect(known(one, id)).toEqual({ kind: 'group', peerId: null });
    expect([known(cast.stranger, id), known(cast.a, other.id)]).toEqual([undefined, undefined]);
    const direct = await cast.world.direct(cast.owner, cast.b);
    await say(cast.b, direct.id);
    expect(known(cast.b, direct.id)).toEqual({ kind: 'direct', peerId: cast.owner.id });
    expect(known(cast.owner, direct.id)).toEqual({ kind: 'direct', peerId: cast.b.id });
  });

  test('M2: is forgotten when they are removed, and asked for anew when they are back', async () => {
    const { id } = await group();
    await say(cast.a, id);
    await cast.owner.api.members.remove({ conversationId: id, userId: cast.a.id });
    expect(known(cast.a, id)).toBeUndefined();
    expect(await verdict(say(cast.a, id))).toBe('NOT_FOUND');
    await say(cast.b, id); // reads who is there now
    expect([known(cast.a, id), known(cast.c, id)]).toEqual([undefined, { kind: 'group', peerId: null }]);
    await cast.owner.api.members.add({ conversationId: id, person: cast.a.email });
    expect((await say(cast.a, id)).replayed).toBe(false);
  });

  test('C5: is told that it was closed', async () => {
    const { id } = await group();
    await say(cast.a, id);
    await cast.owner.api.conversations.close({ conversationId: id });
    expect(await verdict(say(cast.a, id))).toBe('CONVERSATION_CLOSED');
  });

  test('M2, C4: before the bell of their removal has come, may say nothing there, repeat nothing and quote nothing', async () => {
    const { id } = await group();
    const { message } = await say(cast.b, id);
    const { standpoints, log } = cast.world.services;
    standpoints.keep(id, new Map([[cast.stranger.id, { kind: 'group', peerId: null }]]), standpoints.turn); // as if they had just been removed elsewhere
    const before = await log.head();
    const tries = [{}, { id: message.id }, { replyToId: message.id }].map((more) => verdict(say(cast.stranger, id, more)));
    expect(await Promise.all(tries)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await log.head()).toBe(before);
  });

  test('is not kept when something happened to a chat while the database was asked', async () => {
    const { id } = await group();
    const { standpoints } = cast.world.services;
    const { turn } = standpoints;
    await cast.owner.api.members.remove({ conversationId: id, userId: cast.a.id });
    standpoints.keep(id, new Map([[cast.a.id, { kind: 'group', peerId: null }]]), turn);
    expect(known(cast.a, id)).toBeUndefined();
  });
});
