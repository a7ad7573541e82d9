import { createClient } from '@koreromai/client';
import { createDice, eachDatabase, eventually, startProxy } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createHeard, openChats, plainClient, turns } from '../test/plain.ts';
import { type Out, startServer } from '../test/server.ts';
import { openStream } from '../test/stream.ts';

const seed = 20_261_121;

eachDatabase('connections that are cut', (dialect) => {
  test('G5: the library’s own client, killed 200 times between events of five chats, misses nothing and is told nothing twice', async () => {
    const dice = createDice(seed);
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const chats = await openChats(server, anahera, bea, 5);
    const { pos } = await server.ok<Out['session']['snapshot']>('session.snapshot', undefined, bea);
    const before = new Map(chats.heads);
    await using proxy = await startProxy(server.port, dice);
    await using plain = plainClient(server, bea, proxy.port);
    const ear = plain.listen(pos);
    await eventually('the start', () => ear.types.includes('checkpoint'));
    let kills = 0;
    for (let told = 0; kills < 200; ) {
      const said = Promise.all(Array.from({ length: 1 + dice.below(8) }, (_, i) => chats.say(dice.pick(chats.ids), `${kills} ${i}`)));
      await turns(dice.below(30));
      if (ear.types.length > told) {
        told = ear.types.length;
        kills++;
        if (dice.chance(0.5)) proxy.resetAll();
        else proxy.cutAll();
      }
      await said;
    }
    for (const id of chats.ids) await chats.say(id, 'the last');
    await eventually('everything', () => chats.ids.every((id) => ear.headOf(id) === chats.heads.get(id)));
    const missing = chats.ids.flatMap((id) => ear.missing(id, (before.get(id) ?? 0) + 1, chats.heads.get(id) ?? 0));
    process.stdout.write(
      `G5 [${dialect}] seed ${seed}: ${kills} kills, ${ear.started()} starts, ${ear.total.events} events, ${missing.length} missing, ${ear.total.doubled} twice\n`,
    );
    expect(missing).toEqual([]);
    expect(ear.total).toMatchObject({ doubled: 0, disordered: 0, resets: 0 });
    expect(ear.started()).toBeGreaterThan(100);
  });

  test('G5: our own client, killed 60 times, shows every message once and in order', async () => {
    const dice = createDice(seed + 1);
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    const chats = await openChats(server, anahera, bea, 3);
    await using proxy = await startProxy(server.port, dice);
    const client = createClient({ url: `http://127.0.0.1:${proxy.port}`, token: bea.token, random: () => dice.next() * 0.02 });
    await client.resume();
    for (const id of chats.ids) await client.openConversation(id);
    const live = () => client.store.get().connection.status === 'live';
    await eventually('the line', live);
    let unsound = 0;
    client.store.subscribe((state) => {
      for (const { messages } of Object.values(state.timelines))
        if (messages.some((message, i) => message.seq <= (messages[i - 1]?.seq ?? 0))) unsound++;
    });
    let kills = 0;
    while (kills < 60) {
      const said = Promise.all(Array.from({ length: 1 + dice.below(5) }, () => chats.say(dice.pick(chats.ids), `${kills}`)));
      await turns(dice.below(20));
      if (live()) {
        kills++;
        proxy.resetAll();
      }
      await said;
    }
    const there = (id: string) => client.store.get().timelines[id]?.messages.at(-1)?.seq === chats.heads.get(id);
    await eventually('everything', () => chats.ids.every(there));
    for (const id of chats.ids) {
      const shown = client.store.get().timelines[id]?.messages.map((m) => m.seq) ?? [];
      expect(shown).toEqual(shown.map((_, i) => (shown[0] ?? 0) + i));
      expect(new Set(shown).size).toBe(shown.length);
    }
    expect(unsound).toBe(0);
    const count = chats.ids.reduce((sum, id) => sum + (client.store.get().timelines[id]?.messages.length ?? 0), 0);
    process.stdout.write(`G5 [${dialect}] seed ${seed + 1}: ${kills} kills of our client, ${count} messages shown, each once\n`);
    await client.close();
  });
});

test('G5: a stream over HTTP that is cut 100 times and resumed by Last-Event-ID misses nothing and is told nothing twice', async () => {
  const dice = createDice(seed + 2);
  await using server = await startServer();
  const [anahera, bea] = await server.people('anahera', 'bea');
  const chats = await openChats(server, anahera, bea, 3);
  const { pos } = await server.ok<Out['session']['snapshot']>('session.snapshot', undefined, bea);
  const before = new Map(chats.heads);
  const heard = createHeard((id) => server.services.seal.openPos(id) ?? Number.NaN);
  let last = pos;
  const read = async (wanted: () => boolean) => {
    await using stream = await openStream(server, { authorization: `Bearer ${bea.token}`, 'last-event-id': last });
    let taken = 0;
    const take = () => {
      for (; taken < stream.frames.length; taken++) {
        const { id, data } = stream.frames[taken] ?? {};
        heard.take(id ?? '', data as never);
        last = id ?? last;
      }
      return wanted();
    };
    await eventually('what is wanted', take, { every: 2 });
  };
  let cuts = 0;
  for (; cuts < 100; cuts++) {
    const enough = heard.total.events + dice.below(4);
    const said = Promise.all(Array.from({ length: 4 }, () => chats.say(dice.pick(chats.ids), `${cuts}`)));
    await read(() => heard.total.events >= enough);
    await said;
  }
  await read(() => chats.ids.every((id) => heard.headOf(id) === chats.heads.get(id)));
  const missing = chats.ids.flatMap((id) => heard.missing(id, (before.get(id) ?? 0) + 1, chats.heads.get(id) ?? 0));
  process.stdout.write(
    `G5 seed ${seed + 2}: ${cuts} cuts of a stream, ${heard.total.events} events, ${missing.length} missing, ${heard.total.doubled} twice\n`,
  );
  expect(missing).toEqual([]);
  expect(heard.total).toMatchObject({ doubled: 0, disordered: 0, resets: 0 });
});
