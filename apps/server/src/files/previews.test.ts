import { createHash } from 'node:crypto';
import { bytesOf, newId } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { type Out, startServer } from '../test/server.ts';

eachDatabase('the picture of a linked page over HTTP', (dialect: Dialect) => {
  test('S5, U1: it is given to who sees the message now, kept by nobody, and can run nothing', async () => {
    await using server = await startServer({ dialect, linkPreviews: true });
    const [ana, ben, cat, dan] = await server.people('ana', 'ben', 'cat', 'dan');
    const { read, storage } = server.services;
    const [url, imageId, now] = ['https://one.example.nz/', newId(), Date.now()];
    await storage.put(imageId, Buffer.from('RIFF of a picture'));
    await read
      .insertInto('preview_image')
      .values({ id: bytesOf(imageId), width: 6, height: 4, size: 17 })
      .execute();
    const said = { title: 'Kea', description: '', site: '', state: 'ok', fetched_at: now };
    const url_hash = createHash('sha256').update(url).digest();
    await read
      .insertInto('link_preview')
      .values({ url_hash, url, ...said, image_id: bytesOf(imageId) })
      .execute();
    const group = await server.group(ana, [ben.email, cat.email, 'unknown@example.nz']);
    const { message } = await server.ok<Out['messages']['post']>('messages.post', { conversationId: group.id, text: url }, ana);
    const { items } = await server.ok<Out['previews']['list']>('previews.list', { messageId: message.id }, ben);
    const path = items[0]?.image?.url ?? '';
    expect(path).toBe(`/api/v1/messages/${message.id}/previews/${imageId}`);
    const get = (token: string | null, more: RequestInit = {}) =>
      fetch(`${server.url}${path}`, { ...more, headers: { ...(token && { authorization: `Bearer ${token}` }), ...more.headers } });

    const given = await get(ben.token);
    expect([given.status, given.headers.get('content-type'), await given.text()]).toEqual([200, 'image/webp', 'RIFF of a picture']);
    expect(given.headers.get('cache-control')).toBe('private, no-store');
    expect(given.headers.get('x-content-type-options')).toBe('nosniff');
    expect(given.headers.get('content-security-policy')).toMatch(/^sandbox/);
    const etag = given.headers.get('etag') ?? '';
    expect((await get(ben.token, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const head = await get(ben.token, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '17']);
    expect((await get(null)).status).toBe(401);
    expect((await get(dan.token)).status).toBe(404);
    expect((await get(dan.token, { headers: { 'if-none-match': etag } })).status).toBe(404);
    for (const wrong of [
      `/api/v1/messages/${message.id}/previews/x`,
      `/api/v1/messages/x/previews/${imageId}`,
      `/api/v1/messages/${message.id}/previews/${newId()}`,
    ])
      expect((await fetch(`${server.url}${wrong}`, { headers: { authorization: `Bearer ${ana.token}` } })).status, wrong).toBe(404);
    await server.ok('members.remove', { conversationId: group.id, userId: ben.id }, ana);
    expect((await get(ben.token)).status).toBe(404);
    expect((await get(cat.token)).status).toBe(200);
    await server.ok('messages.delete', { messageId: message.id, for: 'everyone' }, ana);
    for (const { token } of [ana, cat]) expect([404, 410]).toContain((await get(token)).status);
    expect(server.faults).toEqual([]);
  });
});
