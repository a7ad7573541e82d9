import { eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { type Person, startServer } from './test/server.ts';
import { openStream } from './test/stream.ts';

const bearer = (who: Person) => ({ authorization: `Bearer ${who.token}` });

eachDatabase('who is here', (dialect) => {
  test('D9, L6: over the wire one hears who comes, types and goes, with the place one is at; a socket and a stream count alike', async () => {
    await using server = await startServer({ dialect, serve: { presenceGrace: 50 } });
    const [anahera, bea, outsider] = await server.people('anahera', 'bea', 'outsider');
    const { id: conversationId } = await server.group(anahera, [bea.email, 'guest@example.org']);
    await using mine = await openStream(server, bearer(bea));
    await using others = await openStream(server, bearer(outsider));
    const place = (await mine.event('checkpoint')).id;
    await others.event('checkpoint');
    const told = () => mine.frames.flatMap(({ data }) => (data.type === 'presence' ? [[data.userId, data.online]] : []));
    const stream = async () => {
      const opened = await openStream(server, bearer(anahera));
      return () => opened[Symbol.asyncDispose]();
    };
    const socket = async () => {
      const opened = await server.socket(anahera);
      return async () => opened.socket.close();
    };
    for (const open of [stream, socket]) {
      const before = told().length;
      const close = await open();
      await eventually('the coming', () => told().length === before + 1);
      expect(server.services.presence.isOnline(anahera.id)).toBe(true);
      await close();
      await eventually('the going', () => told().length === before + 2);
      expect(told().slice(before)).toEqual([
        [anahera.id, true],
        [anahera.id, false],
      ]);
    }
    await server.ok('presence.typing', { conversationId }, anahera);
    expect(await mine.event('typing')).toMatchObject({ id: place, data: { stream: conversationId, userId: anahera.id } });
    expect(mine.frames.filter((f) => f.data.type === 'presence').every((f) => f.id === place)).toBe(true);
    expect(others.frames.map((f) => f.data.type)).toEqual(['checkpoint']);
  });
});
