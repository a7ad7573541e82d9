import { expect, it } from 'vitest';
import { createClient } from './client.ts';
import { refusalOf } from './refusal.ts';
import { emptyState } from './state.ts';
import { begin } from './test/begin.ts';
import { drawer } from './test/drawer.ts';
import { settled } from './test/fake-clock.ts';
import { arrange, freshState } from './test/history.ts';
import { startServer, until } from './test/server.ts';

it('importing and creating a client asks nothing', async () => {
  let asked = 0;
  const fetch = () => {
    asked += 1;
    return Promise.reject(new Error('away'));
  };
  const client = createClient({ url: 'http://127.0.0.1:1', fetch });
  await settled();
  expect([client.store.get().connection, asked]).toEqual([{ status: 'idle' }, 0]);
  void client.resume();
  await until(() => asked > 0, 'asked');
  await client.close();
});

it('resume takes a snapshot and goes live', async () => {
  await using here = await begin();
  expect(here.client.store.get()).toMatchObject({ me: { username: 'aroha' }, connection: { status: 'live' } });
  expect(here.client.store.get().conversations).toEqual(freshState(here.me).conversations);
});

it('resume without a session says false', async () => {
  await using here = await begin();
  const client = createClient({ url: here.server.url });
  expect(await client.resume()).toBe(false);
  expect(client.store.get().connection).toEqual({ status: 'signedOut', reason: 'none' });
  await client.close();
});

it('signing in fills the store, signing out empties it and ends the token', async () => {
  await using here = await begin();
  const client = createClient({ url: here.server.url });
  await client.signIn({ email: 'bill@example.org', password: 'x' });
  await until(() => client.store.get().connection.status === 'live', 'live');
  expect(client.store.get().me?.username).toBe('bill');
  await client.signOut();
  expect(client.store.get()).toMatchObject({
    me: null,
    conversations: {},
    timelines: {},
    connection: { status: 'signedOut', reason: 'chosen' },
  });
  expect(await client.resume()).toBe(false);
  await client.close();
});

it('signing out is chosen also when the socket is closed before the answer comes', async () => {
  await using here = await begin();
  const held = Promise.withResolvers<void>();
  const slow: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (String(input).includes('auth.signOut')) await held.promise;
    return answer;
  };
  const client = createClient({ url: here.server.url, token: here.server.tokenFor(here.me.me), fetch: slow });
  await client.resume();
  await until(() => client.store.get().connection.status === 'live', 'live');
  const leaving = client.signOut();
  here.server.dismiss(4_401);
  await until(() => client.store.get().connection.status === 'signedOut', 'signed out');
  expect(client.store.get().connection).toEqual({ status: 'signedOut', reason: 'chosen' });
  held.resolve();
  await leaving;
  await client.close();
});

it('G7: close code 4401 signs out, and nothing is left on the screen', async () => {
  await using here = await begin();
  here.server.dismiss(4_401);
  await until(() => here.status() === 'signedOut', 'signed out');
  expect(here.client.store.get()).toMatchObject({ me: null, conversations: {}, connection: { reason: 'ended' } });
});

it('G7: the revocation of this session signs out', async () => {
  await using here = await begin();
  here.me.revoke(here.client.store.get().sessionId ?? '');
  await until(() => here.status() === 'signedOut', 'signed out');
  expect(here.client.store.get().connection).toEqual({ status: 'signedOut', reason: 'ended' });
});

it('any answer that says so signs out', async () => {
  await using here = await begin();
  const client = createClient({ url: here.server.url, token: here.server.tokenFor(here.me.me) });
  await client.resume();
  await client.api.auth.signOut.mutate({});
  await client.api.auth.sessions.query({}).catch(() => {});
  await client.api.auth.sessions.query({}).catch(() => {});
  expect(client.store.get().connection).toEqual({ status: 'signedOut', reason: 'ended' });
  await client.close();
});

it('an answer that is on its way when the session ends reaches nobody', async () => {
  const { world, me } = arrange();
  await using server = await startServer(world);
  server.deafen(true); // so that calls go by HTTP
  const held = Promise.withResolvers<void>();
  const tokens: (string | null)[] = [];
  const slow: typeof fetch = async (input, init) => {
    tokens.push(new Headers(init?.headers).get('authorization'));
    const answer = await fetch(input, init);
    if (String(input).includes('conversations.get')) await held.promise;
    return answer;
  };
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), fetch: slow });
  await client.resume();
  const unheld = me.create('direct', ['bill@example.org'], null);
  const opening = client.openConversation(unheld.id);
  await client.signOut();
  await client.api.invitations.open.query({ token: 'x' }).catch(() => {});
  held.resolve();
  await opening;
  expect(client.store.get()).toEqual({ ...emptyState, connection: { status: 'signedOut', reason: 'chosen' } });
  expect([tokens[0], tokens.at(-1)]).toEqual([expect.stringContaining('Bearer'), null]);
  await client.close();
});

it('UI3: what was not sent survives a restart, and signing out forgets it', async () => {
  await using here = await begin();
  const storage = drawer();
  const options = { url: here.server.url, token: here.server.tokenFor(here.me.me), storage, random: () => 0.05 };
  const before = createClient(options);
  await before.resume();
  await here.server.away();
  const id = before.send(here.chat, 'written in the bush');
  await until(() => before.store.get().outbox[0]?.status === 'queued', 'queued');
  await before.close();
  expect(storage.all()).toMatchObject([{ userId: here.me.me.id, entry: { id } }]);
  await here.server.back();
  const after = createClient(options);
  await after.resume();
  await until(() => after.store.get().conversations[here.chat]?.lastMessage?.id === id, 'sent');
  await until(() => storage.all().length === 0, 'forgotten');
  after.send(here.chat, '');
  await after.signOut();
  expect(storage.all()).toEqual([]);
  await after.close();
});

it('after signing out commands are refused in words', async () => {
  const client = createClient({ url: 'http://127.0.0.1:1' });
  expect(refusalOf(await client.openConversation('x').catch((error: unknown) => error))).toMatchObject({ code: 'UNAUTHENTICATED' });
  await client.close();
});
