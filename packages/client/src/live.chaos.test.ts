import { expect, it } from 'vitest';
import { createClient } from './client.ts';
import type { State } from './state.ts';
import { as } from './test/caller.ts';
import { arrange, freshState, seen, seenOf } from './test/history.ts';
import { startServer, until } from './test/server.ts';
import { visibleTo } from './test/world.ts';

const kills = 50;

/** Numbers that a failure can be repeated with. */
function dice(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

it('G5, L4: through 50 cuts at random every message is shown once and in order, and nothing sent is lost or doubled', async ({
  annotate,
}) => {
  const seed = Date.now() % 1_000_000;
  const random = dice(seed);
  const { world, people, me } = arrange();
  await using server = await startServer(world);
  const client = createClient({ url: server.url, token: server.tokenFor(me.me), random: () => random() * 0.02 });
  await client.resume();
  const { store } = client;
  const chats = Object.keys(store.get().conversations);
  for (const chat of chats) await client.openConversation(chat);

  const faults: string[] = [];
  store.subscribe((state) => faults.push(...unsound(state)));
  const sent: string[] = [];
  const others = people.slice(1).map((person) => as(world, person));
  let cuts = 0;
  let lost = 0;
  for (let step = 0; cuts < kills; step++) {
    const chat = chats[Math.floor(random() * chats.length)] ?? '';
    const other = others[Math.floor(random() * others.length)];
    try {
      if (random() < 0.6) other?.post(chat, world.newId(), `theirs ${step}`);
    } catch {
      // not in this chat
    }
    if (random() < 0.3) sent.push(client.send(chat, `mine ${step}`));
    if (random() < 0.1) client.markRead(chat, world.log.headOf(chat));
    if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 12));
    if (random() < 0.15) cuts += server.cut() > 0 ? 1 : 0;
    lost = Math.max(lost, store.get().outbox.length);
    // On a busy machine coming back takes longer than talking on: without a breath the history would grow without end.
    if (step % 30 === 29) await until(() => store.get().connection.status === 'live', `live again (seed ${seed})`);
  }
  await until(() => store.get().outbox.length === 0 && store.get().connection.status === 'live', `all sent (seed ${seed})`);
  const told = () => chats.every((chat) => store.get().conversations[chat]?.lastReadSeq === me.get(chat).lastReadSeq);
  await until(told, `all reading told (seed ${seed})`);
  const heads = () => chats.every((chat) => store.get().conversations[chat]?.seq === world.log.headOf(chat));
  await until(() => heads() && store.get().userSeq === world.log.headOf(me.me.id), `all heard (seed ${seed})`);

  expect(faults, `seed ${seed}`).toEqual([]);
  expect(seen(store.get()), `seed ${seed}`).toEqual(seenOf(freshState(me), store.get()));
  for (const chat of chats) {
    const truth = [...world.chats.values()].find((one) => one.id === chat);
    expect(shown(store.get(), chat)).toEqual(truth && visibleTo(truth, me.me.id).map((message) => message.id));
  }
  const mine = [...world.chats.values()].flatMap((chat) => chat.messages.filter(({ message }) => message.author.id === me.me.id));
  expect(mine.map(({ message }) => message.id).sort()).toEqual([...sent].sort());
  // Each cut was a new subscription from where the last one stood, not a fresh start that hides what was missed.
  expect(cuts).toBe(kills);
  expect(server.seen.subscriptions).toBeGreaterThan(kills / 3);
  expect(server.seen.snapshots).toBe(1);
  expect(lost, 'the outbox was never needed').toBeGreaterThan(0);
  await annotate(
    `seed ${seed}: ${cuts} cuts, ${server.seen.subscriptions} subscriptions, ${world.log.entries.length} events, ${sent.length} sent`,
  );
  await client.close();
});

const shown = (state: State, chat: string) => state.timelines[chat]?.messages.map((message) => message.id);

/** What may never be seen, not even for a moment. */
function unsound(state: State): string[] {
  return Object.entries(state.timelines).flatMap(([chat, { messages }]) => {
    const ids = [
      ...messages.map((message) => message.id),
      ...state.outbox.filter((entry) => entry.conversationId === chat).map((entry) => entry.id),
    ];
    return [
      ...(new Set(ids).size < ids.length ? ['a message twice'] : []),
      ...(messages.some((message, place) => message.seq <= (messages[place - 1]?.seq ?? 0)) ? ['out of order'] : []),
    ];
  });
}
