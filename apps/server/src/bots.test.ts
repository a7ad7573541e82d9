import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { send } from './test/rest.ts';
import { type Out, type Person, startServer, type TestServer } from './test/server.ts';
import { openStream } from './test/stream.ts';
import { download, picture, upload } from './test/upload.ts';

type Scope = 'read' | 'post' | 'manage';

/** A bot of that person as a caller, and the id of its token. */
async function botOf(server: TestServer, owner: Person, scopes: Scope[] = ['read', 'post', 'manage']) {
  const { id, name } = await server.ok<Out['bots']['create']>('bots.create', { name: 'Karere' }, owner);
  const made = { botId: id, name: 'test', scopes };
  const token = await server.ok<Out['bots']['createToken']>('bots.createToken', made, owner);
  return { id, name, email: '', password: '', token: token.token, tokenId: token.id };
}

eachDatabase('bots over the network', (dialect) => {
  test('IN2: one token opens REST, tRPC, the socket and the stream of events; revoking it closes the socket with 4401 and ends the stream', async () => {
    await using server = await startServer({ dialect });
    const [hana, wiremu, mere] = await server.people('hana', 'wiremu', 'mere');
    const bot = await botOf(server, hana);
    const { id: conversationId } = await server.group(hana, [wiremu.email, mere.email]);
    await server.ok('members.add', { conversationId, person: bot.id }, hana);
    const rest = (method: string, path: string, body?: unknown) => send(server.url, method, path, body, { token: bot.token });
    expect((await rest('GET', '/users/me')).status).toBe(200);
    const socket = await server.socket(bot);
    await using stream = await openStream(server, { authorization: `Bearer ${bot.token}` });
    await socket.subscribe({});
    const bystander = await server.socket(hana);
    await server.ok('messages.post', { conversationId, text: 'Kia ora, karere' }, wiremu);
    await stream.event('message.created');
    expect((await rest('POST', `/conversations/${conversationId}/messages`, { text: 'Tēnā koe' })).status).toBe(201);
    const bots = await send(server.url, 'GET', '/me/bots', undefined, { token: hana.token });
    expect(bots.status).toBe(200);
    expect((await send(server.url, 'DELETE', `/me/bots/${bot.id}/tokens/${bot.tokenId}`, undefined, { token: hana.token })).status).toBe(
      204,
    );
    expect(await socket.closed).toBe(4401);
    await stream.ended;
    expect((await rest('GET', '/users/me')).status).toBe(401);
    expect((await bystander.query('users.me')).error, 'the owner’s own socket stays').toBeUndefined();
    expect(bystander.closing.code).toBe(0);
    expect(server.faults).toEqual([]);
  });

  test('IN3: files ask for the scopes that procedures ask for, and an export is for no bot', async () => {
    await using server = await startServer({ dialect });
    const [hana, wiremu] = await server.people('hana', 'wiremu');
    const [all, reads, posts] = [await botOf(server, hana), await botOf(server, hana, ['read']), await botOf(server, hana, ['post'])];
    expect((await upload(server, reads, picture())).code).toBe('TOKEN_SCOPE');
    const file = await upload(server, posts, picture());
    expect(file.status).toBe(201);
    expect((await download(server, posts, file.body.url)).status, 'to look is another scope').toBe(403);
    expect((await send(server.url, 'GET', '/users/me/export', undefined, { token: all.token })).code).toBe('NOT_FOR_BOTS');
    const face = (who: Person, id: string) => upload(server, who, picture(), { method: 'PUT', path: `/users/${id}/avatar` });
    expect((await face(posts, 'me')).code).toBe('TOKEN_SCOPE');
    expect((await face(all, 'me')).status).toBe(204);
    expect((await face(hana, reads.id)).status).toBe(204);
    expect((await face(wiremu, reads.id)).code).toBe('FORBIDDEN');
    expect((await face(hana, wiremu.id)).code).toBe('FORBIDDEN');
    expect((await face(hana, 'nobody')).code).toBe('NOT_FOUND');
    const shown = await server.ok<Out['bots']['list']>('bots.list', {}, hana);
    expect(shown.items.map((bot) => [bot.id, bot.avatarUrl !== null]).toSorted()).toEqual(
      [
        [all.id, true],
        [reads.id, true],
        [posts.id, false],
      ].toSorted(),
    );
    await server.ok('users.me', undefined, hana);
    expect((await send(server.url, 'DELETE', `/users/${reads.id}/avatar`, undefined, { token: wiremu.token })).code).toBe('FORBIDDEN');
    expect((await send(server.url, 'DELETE', `/users/${reads.id}/avatar`, undefined, { token: hana.token })).status).toBe(204);
    expect(server.faults).toEqual([]);
  });
});
