import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import { systemClock } from './clock.ts';
import { refusalOf } from './refusal.ts';
import { emptyState } from './state.ts';
import { as } from './test/caller.ts';
import { createFakeClock } from './test/fake-clock.ts';
import { arrange, freshState, seen, seenOf } from './test/history.ts';
import { startServer, until } from './test/server.ts';

/** A server, somebody signed in who is live, and somebody else who acts. */
async function begin() {
  const { world, people, me } = arrange();
  const server = await startServer(world);
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), random: () => 0.05 });
  expect(await client.resume()).toBe(true);
  const status = () => client.store.get().connection.status;
  await until(() => status() === 'live', 'live');
  const [, second] = people;
  if (!second) throw new Error('alone');
  const other = as(world, second);
  const chat = Object.values(client.store.get().conversations).find((held) => held.name === 'Whānau')?.id ?? '';
  const close = async () => {
    await client.close();
    await server[Symbol.asyncDispose]();
  };
  return {
    world,
    me,
    other,
    server,
    client,
    chat,
    status,
    texts: () => client.store.get().timelines[chat]?.messages.map(({ text }) => text) ?? [],
    [Symbol.asyncDispose]: close,
  };
}

describe('the session', () => {
  it('importing and creating a client asks nothing', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1', fetch: () => Promise.reject(new Error('asked')) });
    expect(client.store.get().connection).toEqual({ status: 'idle' });
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
    const disk: { kept: unknown } = { kept: null };
    const storage = {
      load: async () => structuredClone(disk.kept),
      async save(kept: unknown) {
        disk.kept = kept;
      },
    };
    const options = { url: here.server.url, token: here.server.tokenFor(here.me.me), storage, random: () => 0.05 };
    const before = createClient(options);
    await before.resume();
    await here.server.away();
    const id = before.send(here.chat, 'written in the bush');
    await until(() => before.store.get().outbox[0]?.status === 'queued', 'queued');
    await before.close();
    expect(disk.kept).toMatchObject({ userId: here.me.me.id, entries: [{ id }] });
    await here.server.back();
    const after = createClient(options);
    await after.resume();
    await until(() => after.store.get().conversations[here.chat]?.lastMessage?.id === id, 'sent');
    await until(() => Array.isArray(Object(disk.kept).entries) && Object(disk.kept).entries.length === 0, 'forgotten');
    after.send(here.chat, '');
    await after.signOut();
    expect(disk.kept).toBeNull();
    await after.close();
  });

  it('after signing out commands are refused in words', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1' });
    expect(refusalOf(await client.openConversation('x').catch((error: unknown) => error))).toMatchObject({ code: 'UNAUTHENTICATED' });
    await client.close();
  });
});

describe('the live line', () => {
  it('G5: what others write arrives', async () => {
    await using here = await begin();
    await here.client.openConversation(here.chat);
    here.other.post(here.chat, here.world.newId(), 'mōrena');
    await until(() => here.texts().at(-1) === 'mōrena', 'the message');
  });

  it('a new chat appears by itself and follows its events', async () => {
    await using here = await begin();
    const made = here.other.create('direct', [here.me.me.id], null);
    here.other.post(made.id, here.world.newId(), 'hi');
    await until(() => here.client.store.get().conversations[made.id]?.unreadCount === 1, 'the chat');
  });

  it('L1: what happened while the line was down is there when it is back, and the queue is sent', async () => {
    await using here = await begin();
    await here.client.openConversation(here.chat);
    await here.server.away();
    await until(() => here.status() === 'reconnecting', 'reconnecting');
    here.client.send(here.chat, 'from the bush');
    await until(() => here.client.store.get().outbox[0]?.status === 'queued', 'queued');
    here.other.post(here.chat, here.world.newId(), 'while away');
    await here.server.back();
    here.client.wake();
    await until(() => here.texts().at(-1) === 'from the bush' && here.status() === 'live', 'both');
    expect(here.texts().slice(-2)).toEqual(['while away', 'from the bush']);
    expect(here.client.store.get().outbox).toEqual([]);
  });

  it('L1: when the server cannot continue, everything is fetched afresh, open timelines too', async () => {
    await using here = await begin();
    await here.client.openConversation(here.chat);
    await here.server.away();
    for (let n = 0; n < 60; n++) here.other.post(here.chat, here.world.newId(), `missed ${n}`);
    here.world.log.expire();
    await here.server.back();
    here.client.wake();
    await until(() => here.texts().at(-1) === 'missed 59', 'the newest page');
    expect([here.server.seen.snapshots, here.texts().length, here.texts()[0]]).toEqual([2, 50, 'missed 10']);
    here.other.post(here.chat, here.world.newId(), 'and on');
    await until(() => here.texts().at(-1) === 'and on', 'the next message');
    await here.client.loadOlder(here.chat);
    expect(here.texts()).toHaveLength(64);
    expect(here.world.log.readers).toBe(1);
  });

  it('UI8: a line that stays lost is offline after fifteen seconds', async () => {
    const { world, me } = arrange();
    await using server = await startServer(world);
    const time = createFakeClock();
    const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: time.clock, random: () => 0.05 });
    await client.resume();
    await until(() => client.store.get().connection.status === 'live', 'live');
    await server.away();
    await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
    await time.pass(9_000);
    await server.back();
    await until(() => client.store.get().connection.status === 'live', 'live again');
    await server.away();
    await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
    await time.pass(14_999);
    expect(client.store.get().connection.status).toBe('reconnecting');
    await time.pass(1);
    expect(client.store.get().connection).toEqual({ status: 'offline', since: Date.UTC(2026, 10, 21) + 9_000 });
    await client.close();
  });

  it('UI3: the queue is sent as soon as the line is back, however long its wait', async () => {
    const { world, me } = arrange();
    await using server = await startServer(world);
    const time = createFakeClock();
    const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: time.clock, random: () => 0.05 });
    await client.resume();
    await until(() => client.store.get().connection.status === 'live', 'live');
    const [chat = ''] = Object.keys(client.store.get().conversations);
    await server.away();
    await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
    client.send(chat, 'a');
    await until(() => client.store.get().outbox[0]?.status === 'queued', 'queued');
    await server.back();
    await until(() => client.store.get().outbox.length === 0, 'sent');
    await client.close();
  });

  it('a server that stays away at the start is tried ever more rarely', async () => {
    const time = createFakeClock();
    const client = createClient({
      url: 'http://127.0.0.1:1',
      fetch: () => Promise.reject(new Error('away')),
      clock: time.clock,
      random: () => 1,
    });
    const resumed = client.resume();
    const waits: (number | undefined)[] = [];
    for (let n = 0; n < 4; n++) {
      await until(
        () => time.waiting.some((wait) => wait !== 15_000 - waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)),
        'the next try',
      );
      waits.push(time.waiting[0]);
      await time.pass(time.waiting[0] ?? 0);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
    await client.close();
    expect(await resumed).toBe(false);
  });

  it('a server that is away at the start is waited for', async () => {
    const { world, me } = arrange();
    await using server = await startServer(world);
    await server.away();
    const client = createClient({ url: server.url, token: server.tokenFor(me.me), random: () => 0.05 });
    const resumed = client.resume();
    await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
    await server.back();
    expect(await resumed).toBe(true);
    await until(() => client.store.get().connection.status === 'live', 'live');
    await client.close();
  });

  it('a server that takes the connection and says nothing is given up and tried again', async () => {
    const { world, me } = arrange();
    await using server = await startServer(world);
    const time = createFakeClock();
    server.deafen(true);
    const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: time.clock, random: () => 0.05 });
    await client.resume();
    await until(() => time.waiting.length > 0, 'the socket is being opened');
    server.deafen(false);
    await time.pass(7_999);
    expect(client.store.get().connection.status).toBe('connecting');
    await time.pass(1);
    await until(() => client.store.get().connection.status === 'live', 'live');
    expect(time.waiting).toEqual([]);
    await client.close();
  });

  it('a burst of calls is sent in frames that the server takes', async () => {
    await using here = await begin();
    const posts = Array.from({ length: 60 }, (_, n) =>
      here.client.api.messages.post.mutate({ conversationId: here.chat, id: here.world.newId(), text: `${n} ${'ō'.repeat(3_900)}` }),
    );
    expect(await Promise.all(posts)).toHaveLength(60);
    await Promise.all(Array.from({ length: 60 }, () => here.client.api.conversations.get.query({ conversationId: here.chat })));
    expect(here.server.seen.biggestBatch).toBeGreaterThan(1);
    expect(here.server.seen.biggestBatch).toBeLessThanOrEqual(20);
    expect(here.status()).toBe('live');
  });

  it('a closed client does not come back', async () => {
    const here = await begin();
    const { subscriptions } = here.server.seen;
    await here.client.close();
    await until(() => here.world.log.readers === 0 && here.server.connections === 0, 'nobody there');
    await new Promise((resolve) => setTimeout(resolve, 100)); // longer than the reconnection that may not come
    expect([here.server.seen.subscriptions, here.server.connections]).toEqual([subscriptions, 0]);
    await here[Symbol.asyncDispose]();
  });

  it('a server that does not answer any more cannot keep the socket of a closed client', async () => {
    const { world, me } = arrange();
    await using server = await startServer(world);
    let closes = 0;
    class Watched extends WebSocket {
      override close(...args: Parameters<WebSocket['close']>): void {
        closes += 1;
        super.close(...args);
      }
    }
    const client = createClient({ url: server.url, token: server.tokenFor(me.me), webSocket: Watched });
    await client.resume();
    await until(() => client.store.get().connection.status === 'live', 'live');
    server.freeze();
    client.api.conversations.list.query({}).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20)); // until the call is on the wire
    expect(closes).toBe(0);
    await client.close();
    expect(closes).toBe(1);
  });

  it('a closed client leaves no connection and no timer', async () => {
    const { world, me } = arrange();
    await using server = await startServer(world);
    let timers = 0;
    const after = (ms: number, fn: () => void) => {
      timers += 1;
      let running = true;
      const done = () => {
        if (running) timers -= 1;
        running = false;
      };
      const cancel = systemClock.after(ms, () => {
        done();
        fn();
      });
      return () => {
        done();
        cancel();
      };
    };
    const client = createClient({ url: server.url, token: server.tokenFor(me.me), clock: { now: Date.now, after } });
    await client.resume();
    await until(() => client.store.get().connection.status === 'live', 'live');
    await server.away();
    await until(() => client.store.get().connection.status === 'reconnecting', 'reconnecting');
    expect(timers).toBeGreaterThan(0);
    await client.close();
    expect([timers, client.store.get().connection.status]).toEqual([0, 'closed']);
  });
});

describe('loading', () => {
  it('opening loads the newest page, older ones follow until the first message', async () => {
    await using here = await begin();
    for (let n = 0; n < 120; n++) here.other.post(here.chat, here.world.newId(), `m${n}`);
    await until(() => here.client.store.get().conversations[here.chat]?.lastMessage?.text === 'm119', 'the last');
    await here.client.openConversation(here.chat);
    expect([here.texts().length, here.texts()[0], here.client.store.get().timelines[here.chat]?.complete]).toEqual([50, 'm70', false]);
    await here.client.loadOlder(here.chat);
    await here.client.loadOlder(here.chat);
    await here.client.loadOlder(here.chat);
    expect([here.texts().length, here.client.store.get().timelines[here.chat]]).toEqual([
      123,
      expect.objectContaining({ complete: true, nextCursor: null, loading: false }),
    ]);
  });

  it('a stranger is told NOT_FOUND', async () => {
    await using here = await begin();
    const others = here.other.create('group', ['chen@example.org', 'dora@example.org'], null);
    const error: unknown = await here.client.openConversation(others.id).catch((thrown: unknown) => thrown);
    expect(refusalOf(error)).toMatchObject({ code: 'NOT_FOUND', retryable: false });
    expect(here.client.store.get().timelines[others.id]).toBeUndefined();
  });

  it('more conversations than a snapshot holds come by pages, and by themselves when something happens in them', async () => {
    const { world, people, me } = arrange();
    await using server = await startServer(world);
    for (let n = 0; n < 60; n++) me.create('group', [people[1]?.id ?? ''], `g${n}`);
    const client = createClient({ url: server.url, token: server.tokenFor(me.me) });
    await client.resume();
    await until(() => client.store.get().connection.status === 'live', 'live');
    const names = () => Object.values(client.store.get().conversations).map((held) => held.name);
    expect(names()).toHaveLength(50);
    const hidden = [...world.chats.values()].find((chat) => chat.name === 'g3');
    me.post(hidden?.id ?? '', world.newId(), 'hello');
    await until(() => names().includes('g3'), 'the one that something happened in');
    await Promise.all([client.loadMoreConversations(), client.loadMoreConversations()]);
    expect([names().length, client.store.get().moreConversations]).toEqual([63, null]);
    await client.close();
  });

  it('N1: reading is at once here, and soon on my other devices', async () => {
    await using here = await begin();
    const phone = createClient({ url: here.server.url, token: here.server.tokenFor(here.me.me) });
    await phone.resume();
    const { seq = 0 } = here.client.store.get().conversations[here.chat] ?? {};
    for (const mark of [seq - 2, seq, 1]) here.client.markRead(here.chat, mark);
    expect(here.client.store.get().conversations[here.chat]).toMatchObject({ unreadCount: 0, lastReadSeq: seq });
    await until(() => phone.store.get().conversations[here.chat]?.lastReadSeq === seq, 'the other device');
    expect(phone.store.get().conversations[here.chat]?.unreadCount).toBe(0);
    await phone.close();
  });

  it('what a command makes is in the store when it resolves', async () => {
    await using here = await begin();
    const made = await here.client.createConversation({ kind: 'group', people: ['@bill', '@chen'], name: 'Made' });
    if (made.status === 'pending') throw new Error('pending');
    expect(here.client.store.get().conversations[made.conversation.id]?.name).toBe('Made');
    await here.client.leave(made.conversation.id);
    expect(here.client.store.get().conversations[made.conversation.id]).toBeUndefined();
    await until(() => here.client.store.get().userSeq === here.world.log.headOf(here.me.me.id), 'its events');
    expect(seen(here.client.store.get())).toEqual(seenOf(freshState(here.me), here.client.store.get()));
  });
});
