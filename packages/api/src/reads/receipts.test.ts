import { bytesOf } from '@koreromai/db';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

eachDatabase('read receipts', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi', 'outsider']);
  const chat = async () => {
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const { message } = await cast.mia.api.messages.post({ conversationId: id, text: 'read this' });
    return { id, seq: message.seq };
  };
  const marks = async (who: Person, conversationId: string) =>
    Object.fromEntries((await who.api.reads.list({ conversationId })).items.map((m) => [m.user.name, m.lastReadSeq]));
  /** Of these people, how often each is told that `reader` has read. */
  async function told(people: readonly Person[], reader: Person, conversationId: string, seq: number): Promise<number[]> {
    const feeds = people.map((who) => cast.world.subscribe(who, null));
    await eventually('all are live', () => feeds.every((f) => f.frames.length > 0));
    await reader.api.reads.mark({ conversationId, seq });
    await reader.api.reads.mark({ conversationId, seq }); // moves nothing
    const bell = { type: 'presence', userId: 'bell', online: true } as const;
    cast.world.services.bus.whisper({ frame: bell, streams: people.map((p) => p.id), except: [] });
    await eventually('the bell', () => feeds.every((f) => f.frames.some(({ frame }) => frame === bell)));
    await Promise.all(feeds.map((f) => f.stop()));
    const own = { type: 'read', stream: conversationId, userId: reader.id, seq };
    return feeds.map(
      (f) => f.frames.filter(({ frame }) => frame.type === 'read' && expect.objectContaining(own).asymmetricMatch(frame)).length,
    );
  }

  test('N2: the others in a chat see how far each has read, and hear of it once; nobody outside does', async () => {
    const { id, seq } = await chat();
    expect(await told([cast.mia, cast.tama, cast.rangi, cast.outsider], cast.tama, id, seq)).toEqual([1, 0, 1, 0]);
    expect(await marks(cast.mia, id)).toEqual({ tama: seq, rangi: 0 });
    expect(Object.keys(await marks(cast.tama, id)).sort()).toEqual(['mia', 'rangi']);
    expect(await verdict(cast.outsider.api.reads.list({ conversationId: id }))).toBe('NOT_FOUND');
    await cast.rangi.api.conversations.leave({ conversationId: id });
    expect(await marks(cast.mia, id)).toEqual({ tama: seq });
    expect(await told([cast.mia, cast.rangi], cast.tama, id, seq + 1)).toEqual([1, 0]);
  });

  test('N2: who switched receipts off neither sends nor sees any; the others go on', async () => {
    const { id, seq } = await chat();
    expect(await cast.tama.api.preferences.get()).toMatchObject({ receipts: true });
    await cast.tama.api.preferences.set({ receipts: false });
    expect(await cast.tama.api.preferences.get()).toMatchObject({ receipts: false });
    expect(await told([cast.mia, cast.rangi], cast.tama, id, seq)).toEqual([0, 0]);
    expect(await told([cast.mia, cast.tama], cast.rangi, id, seq)).toEqual([1, 0]);
    expect(await marks(cast.mia, id)).toEqual({ rangi: seq });
    expect(await marks(cast.tama, id)).toEqual({});
    await cast.tama.api.preferences.set({ receipts: true });
    expect(await marks(cast.tama, id)).toEqual({ mia: 0, rangi: seq });
  });

  test('B1, C14: across a block, whoever made it, nothing is told or shown; the third one sees both', async () => {
    for (const [blocker, blocked] of [
      [cast.mia, cast.tama],
      [cast.tama, cast.mia],
    ] as const) {
      const { id, seq } = await chat();
      await blocker.api.blocks.add({ userId: blocked.id });
      expect(await told([cast.mia, cast.rangi], cast.tama, id, seq)).toEqual([0, 1]);
      expect(await marks(cast.mia, id)).toEqual({ rangi: 0 });
      expect(Object.keys(await marks(cast.tama, id))).toEqual(['rangi']);
      expect(await marks(cast.rangi, id)).toMatchObject({ tama: seq });
      await blocker.api.blocks.remove({ userId: blocked.id });
    }
  });

  test('N2: in a room nobody sees how far anybody has read', async () => {
    const { id, seq } = await chat();
    const room = { kind: 'room', access: 'public', listed: 1 };
    await cast.world.db.read.updateTable('conversation').set(room).where('id', '=', bytesOf(id)).execute();
    expect(await told([cast.mia, cast.rangi], cast.tama, id, seq)).toEqual([0, 0]);
    expect(await marks(cast.mia, id)).toEqual({});
  });
});
