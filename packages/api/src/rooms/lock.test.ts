import { newId } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { nobody } from '../messages/naming.ts';
import { messagePosted } from '../messages/post.ts';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import { userView } from '../users/view.ts';

eachDatabase('rooms, under the lock', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'mia']);
  let n = 0;
  const open = (password: string | null) =>
    cast.owner.api.rooms.create({ name: `Held ${++n}`, ...(password === null ? {} : { access: 'password' as const, password }) });
  /** As it goes when the door was passed before the rules changed. */
  const post = (conversationId: string) =>
    cast.world.services.lane.change(messagePosted, {
      id: newId(cast.world.clock.now),
      conversationId,
      room: true,
      direct: null,
      author: userView(cast.mia.caller.account.id, cast.mia.caller.account),
      text: 'kia ora',
      named: nobody,
      replyToId: null,
      attachmentIds: [],
    });

  test('R065, Q2: who is denied while their message is on its way is refused, in a public room too', async () => {
    const { id } = await open(null);
    expect(await verdict(post(id))).toBe('done');
    await cast.owner.api.rooms.deny({ roomId: id, userId: cast.mia.id });
    expect(await verdict(post(id))).toBe('ROOM_ACCESS_DENIED');
  });

  test('R066, Q3: a grant of the password before reads and writes nothing, at the door and behind it', async () => {
    const { id } = await open('kia kaha kia toa');
    await cast.mia.api.rooms.enter({ roomId: id, password: 'kia kaha kia toa' });
    expect(await verdict(cast.mia.api.messages.list({ conversationId: id }))).toBe('done');
    expect(await verdict(post(id))).toBe('done');
    await cast.owner.api.rooms.update({ roomId: id, password: 'he kupu hou tenei' });
    expect(await verdict(cast.mia.api.messages.list({ conversationId: id }))).toBe('ROOM_ACCESS_DENIED');
    expect(await verdict(post(id))).toBe('ROOM_ACCESS_DENIED');
  });
});
