import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { type Out, startServer } from './test/server.ts';

eachDatabase('analytics over HTTP', (dialect: Dialect) => {
  test('R080, R081, R082, R083: exact rows for before, after, in a range and neither, by REST and by tRPC alike', async () => {
    const clock = { now: Date.parse('2026-10-01T00:00:00Z') };
    await using server = await startServer({ dialect, serve: { now: () => clock.now } });
    const [admin, ana, ben, cleo, dan, eru, fay, zed] = await server.people('admin', 'ana', 'ben', 'cleo', 'dan', 'eru', 'fay', 'zed');
    const everyone = [ben, cleo, dan, eru, fay, zed];
    const marae = await server.group(
      ana,
      everyone.map((p) => p.email),
      'Marae',
    );
    const aroha = await server.group(ana, [ben.email, cleo.email], 'Aroha');
    const post = async (conversationId: string, ...people: (typeof ana)[]) => {
      for (const who of people) await server.ok('messages.post', { conversationId, text: 'Kia ora' }, who);
    };
    // In Auckland the 19th begins at 11:00Z of the 18th, and the 21st at 11:00Z of the 20th.
    clock.now = Date.parse('2026-10-18T10:59:59.999Z');
    await post(marae.id, zed, zed, zed, ana);
    clock.now = Date.parse('2026-10-18T11:00:00.000Z');
    await post(marae.id, ben, ben, cleo, dan, eru, fay);
    await post(aroha.id, ana, ben);
    clock.now = Date.parse('2026-10-20T11:00:00.000Z');
    await post(aroha.id, cleo, cleo, cleo, ana);
    clock.now = Date.parse('2026-10-21T03:00:00.000Z');

    const rest = async (path: string, who = fay) => {
      const response = await fetch(`${server.url}/api/v1/analytics/${path}`, { headers: { authorization: `Bearer ${who.token}` } });
      return { status: response.status, body: (await response.json()) as { items: never[]; nextCursor: string | null; code?: string } };
    };
    const users = async (query: string, who = ana) => {
      const { status, body } = await rest(`top-users?${query}`, who);
      const input = Object.fromEntries(new URLSearchParams(query));
      const same = await server.ok<Out['analytics']['topUsers']>('analytics.topUsers', input, who);
      expect(status).toBe(200);
      expect(body.items).toEqual(same.items);
      return same.items.map((row) => `${row.user.name} ${row.messages}`);
    };
    const chats = async (query: string, who = ana) => {
      const { body } = await rest(`top-conversations?${query}`, who);
      return (body.items as Out['analytics']['topConversations']['items']).map((row) => `${row.conversation.name} ${row.messages}`);
    };
    const [after, before] = ['from=2026-10-19&tz=Pacific/Auckland', 'to=2026-10-21&tz=Pacific/Auckland'];
    const inRange = 'from=2026-10-19&to=2026-10-21&tz=Pacific/Auckland';

    expect(await users('')).toEqual(['cleo 4', 'ana 3', 'ben 3', 'zed 3', 'dan 1']);
    expect(await users(after)).toEqual(['cleo 4', 'ben 3', 'ana 2', 'dan 1', 'eru 1']);
    expect(await users(before)).toEqual(['ben 3', 'zed 3', 'ana 2', 'cleo 1', 'dan 1']);
    expect(await users(inRange)).toEqual(['ben 3', 'ana 1', 'cleo 1', 'dan 1', 'eru 1']);
    expect(await users(`${inRange}`, fay)).toEqual(['ben 2', 'cleo 1', 'dan 1', 'eru 1', 'fay 1']); // not in Aroha
    expect(await chats('')).toEqual(['Marae 10', 'Aroha 6']);
    expect(await chats(after)).toEqual(['Aroha 6', 'Marae 6']);
    expect(await chats(before)).toEqual(['Marae 10', 'Aroha 2']);
    expect(await chats(inRange)).toEqual(['Marae 6', 'Aroha 2']);
    expect(await chats(inRange, fay)).toEqual(['Marae 6']);
    expect(await chats(inRange, admin)).toEqual(['Private conversation 6', 'Private conversation 2']);

    const daily = await rest('daily?tz=Pacific/Auckland&from=2026-10-18&limit=10');
    expect(daily.body).toEqual({
      items: [
        { day: '2026-10-21', messages: 0 },
        { day: '2026-10-20', messages: 0 },
        { day: '2026-10-19', messages: 6 },
        { day: '2026-10-18', messages: 4 },
      ],
      nextCursor: null,
    });
    const first = await rest('top-users?limit=2');
    expect(first.body.items).toHaveLength(2);
    expect((await rest(`top-users?limit=2&cursor=${first.body.nextCursor}`)).body.items).toHaveLength(2);
    for (const wrong of ['from=2026-10-21&to=2026-10-21', 'from=2026-10-22&to=2026-10-21', 'tz=Nowhere', 'from=2026-02-30', 'to=now'])
      for (const list of ['top-users', 'top-conversations', 'daily'])
        expect([wrong, await rest(`${list}?${wrong}`).then(({ status, body }) => [status, body.code])]).toEqual([
          wrong,
          [400, 'BAD_RANGE'],
        ]);
    expect((await fetch(`${server.url}/api/v1/analytics/daily?from=nonsense`)).status).toBe(401);
    expect(server.faults).toEqual([]);
  });
});
