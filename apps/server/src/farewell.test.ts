import { bytesOf } from '@koreromai/db';
import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { startServer } from './test/server.ts';
import { download, picture, upload } from './test/upload.ts';

eachDatabase('an account that is deleted', (dialect) => {
  test('U2, U6, B4: its avatar, its drafts and its sockets go with it, on every device, and nobody else’s do', async () => {
    await using server = await startServer({ dialect });
    const [root, hana, mere] = await server.people('root', 'hana', 'mere');
    const group = await server.group(hana, [mere.email, root.email]);
    const avatar = `/api/v1/users/${hana.id}/avatar`;
    for (const who of [hana, mere]) {
      expect((await upload(server, who, picture(), { method: 'PUT', path: '/users/me/avatar' })).status).toBeLessThan(300);
      await server.ok('drafts.set', { conversationId: group.id, text: `begun by ${who.name}` }, who);
    }
    const { status } = await upload(server, hana, picture(20, 20)); // uploaded and never sent
    expect(status).toBe(201);
    expect((await download(server, mere, avatar)).status).toBe(200);
    const again = await server.call('auth.signIn', { email: hana.email, password: hana.password });
    const phone = { ...hana, token: (again.data as { token: string }).token };
    using own = await server.socket(hana);
    using other = await server.socket(phone);
    using stranger = await server.socket(mere);
    for (const socket of [own, other, stranger]) await socket.subscribe();

    await server.ok('users.deleteMe', { password: hana.password }, hana);
    expect(await Promise.all([own.closed, other.closed])).toEqual([4401, 4401]);
    expect((await stranger.query('users.me')).result?.type).toBe('data');
    for (const who of [hana, phone]) expect((await server.call('users.me', undefined, who)).status).toBe(401);
    expect((await download(server, mere, avatar)).status, 'at once').toBe(404);

    await server.services.jobs.idle();
    await server.services.sweep.now();
    const { read } = server.services;
    const files = await read.selectFrom('attachment').select(['uploader_id', 'purpose', 'removed_at']).execute();
    const avatars = files.filter((file) => file.purpose === 'avatar');
    expect(avatars.map((file) => file.uploader_id.equals(bytesOf(mere.id)))).toEqual([true]);
    const drafts = await read.selectFrom('member_state').select(['user_id', 'draft']).where('draft', 'is not', null).execute();
    expect(drafts.map((row) => row.draft)).toEqual(['begun by mere']);
    expect((await download(server, mere, `/api/v1/users/${mere.id}/avatar`)).status).toBe(200);
    expect(server.faults).toEqual([]);
  });
});
