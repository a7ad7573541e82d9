import { eventually, freshDatabase, onMySql, patience } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { call } from './test/http.ts';
import { type Child, folder, freePort, serving, startChild } from './test/process.ts';
import type { Out } from './test/server.ts';
import { openSocket } from './test/socket.ts';

const redis = process.env.TEST_REDIS_URL;
if (!redis && process.env.CI)
  throw new Error('TEST_REDIS_URL is not set: under CI several processes are tested. Run .ci/run, or start a Redis and set it.');

interface Who {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

/** Two processes on one database, with Redis between them or without. */
async function twoProcesses(redisUrl: string | null) {
  const database = await freshDatabase('mysql');
  const data = [folder(), folder()];
  const children: Child[] = [];
  for (const { path } of data) {
    const child = startChild({
      PORT: String(await freePort()),
      DATA_DIR: path,
      DATABASE_URL: database.url,
      RATE_LIMITS: 'off',
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    });
    await serving(child);
    children.push(child);
  }
  const urls = children.map((child) => child.url);
  const [a = '', b = ''] = urls;
  const ready = (url: string) => fetch(`${url}/readyz`).then((r) => r.json() as Promise<{ redis: string; says: string }>);
  if (redisUrl) await eventually('Redis rings', async () => (await Promise.all(urls.map(ready))).every((r) => r.redis === 'up'));

  async function ok<Path extends string>(url: string, path: Path, input: unknown, who?: Who): Promise<unknown> {
    const reply = await call(url, path, input, who ? { token: who.token } : {});
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status} ${reply.text.slice(0, 200)}`);
    return reply.data;
  }
  return {
    a,
    b,
    ready,
    ok,
    async person(name: string): Promise<Who> {
      const email = `${name}@example.nz`;
      const { user, token } = (await ok(a, 'auth.signUp', { email, password: `correct horse ${name}`, name })) as Out['auth']['signUp'];
      return { id: user.id, email, token };
    },
    async group(owner: Who, others: readonly Who[]): Promise<string> {
      const people = others.map((o) => o.email);
      const made = (await ok(a, 'conversations.create', { kind: 'group', people, name: 'Whānau' }, owner)) as {
        conversation: { id: string };
      };
      return made.conversation.id;
    },
    /** A subscriber on one of the two. */
    async listen(url: string, who: Who) {
      const socket = await openSocket(
        new WebSocket(`${url.replace('http', 'ws')}/trpc`, { headers: { authorization: `Bearer ${who.token}` } }),
      );
      await socket.subscribe();
      await socket.event('checkpoint');
      return socket;
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) await child[Symbol.asyncDispose]();
      for (const each of data) each[Symbol.dispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

onMySql('several processes', () => {
  describe.each([
    ['with Redis', redis ?? null, 1_000],
    ['without Redis', null, 5_000],
  ] as const)('%s', (name, redisUrl, within) => {
    test.skipIf(name === 'with Redis' && !redisUrl)(
      `G6, G7: who is signed out, suspended or removed in one is so in the other within ${within} ms, and reads nothing after`,
      async () => {
        await using two = await twoProcesses(redisUrl);
        expect((await two.ready(two.a)).redis).toBe(redisUrl ? 'up' : 'none');
        const owner = await two.person('owner');
        const people = [await two.person('mia'), await two.person('tama'), await two.person('rangi')];
        const conversationId = await two.group(owner, people);
        const post = (text: string) => two.ok(two.a, 'messages.post', { conversationId, id: crypto.randomUUID(), text }, owner);
        const took: number[] = [];

        // Signed out, by a new password, and suspended: the socket in the other process is closed.
        const [mia, tama, rangi] = people as [Who, Who, Who];
        for (const [who, end] of [
          [mia, () => two.ok(two.a, 'auth.signOut', {}, mia)],
          [tama, () => two.ok(two.a, 'admin.updateUser', { userId: tama.id, suspended: true }, owner)],
        ] as const) {
          const ear = await two.listen(two.b, who);
          await end();
          const began = performance.now();
          expect(await ear.closed).toBe(4401);
          took.push(performance.now() - began);
          await post('canary');
          expect((await call(two.b, 'session.snapshot', {}, { token: who.token })).status).toBe(401);
          expect(ear.texts.join('')).not.toContain('canary');
        }

        // Removed: the own removal is the last that comes, whatever is said at once.
        const ear = await two.listen(two.b, rangi);
        await two.ok(two.a, 'members.remove', { conversationId, userId: rangi.id }, owner);
        const began = performance.now();
        await post('canary after the removal');
        await ear.event('you.removed');
        took.push(performance.now() - began);
        await two.ok(two.b, 'presence.list', { userIds: [owner.id] }, rangi); // still signed in
        await post('canary later');
        const bystander = await two.listen(two.b, owner);
        await post('seen by the bystander');
        await bystander.event('message.created');
        expect(ear.texts.join('')).not.toContain('canary');
        expect(Math.max(...took), `all of ${took.map(Math.round)} ms`).toBeLessThan(within * patience);
      },
    );
  });

  test.skipIf(!redis)('D9, L6, B1: who is here and who types is known in the other process, never across a block', async () => {
    await using two = await twoProcesses(redis ?? null);
    const [mia, tama, rangi] = [await two.person('mia'), await two.person('tama'), await two.person('rangi')];
    const conversationId = await two.group(mia, [tama, rangi]);
    await two.ok(two.a, 'blocks.add', { userId: mia.id }, rangi);
    const [tamas, rangis] = [await two.listen(two.b, tama), await two.listen(two.b, rangi)];
    using mias = await two.listen(two.a, mia);
    await eventually('the coming of mia', () =>
      tamas.frames.some((f) => f.result?.data?.data.type === 'presence' && f.result.data.data.userId === mia.id),
    );
    expect(await two.ok(two.b, 'presence.list', { userIds: [mia.id] }, tama)).toEqual({ items: [{ userId: mia.id, online: true }] });
    expect(await two.ok(two.b, 'presence.list', { userIds: [mia.id] }, rangi)).toEqual({ items: [] });

    await two.ok(two.a, 'presence.typing', { conversationId }, mia);
    expect((await tamas.event('typing')).result?.data?.data).toMatchObject({ userId: mia.id, stream: conversationId });
    await two.ok(two.b, 'presence.typing', { conversationId }, mia); // told three seconds ago, by the other process
    await two.ok(two.a, 'messages.post', { conversationId, id: crypto.randomUUID(), text: 'kia ora' }, mia);
    await Promise.all([tamas, rangis, mias].map((ear) => ear.event('message.created')));
    const passing = (ear: typeof tamas, type: string) => ear.count((f) => f.result?.data?.data.type === type);
    const ofMia = rangis.count((f) => f.result?.data?.data.type === 'presence' && f.result.data.data.userId === mia.id);
    expect([passing(tamas, 'typing'), passing(rangis, 'typing'), ofMia]).toEqual([1, 0, 0]);
  });
});
