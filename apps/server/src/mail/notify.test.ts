import type { Letter } from '@koreromai/mail';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createMailroom } from '../test/mailroom.ts';

const fifteen = 900_000;

eachDatabase('mails about chats', (dialect: Dialect) => {
  test('R113, N3: who was away when somebody wrote gets one mail with counts and names and no text', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere] = await room.people('hana', 'wiremu', 'mere');
    const group = await room.group(hana, [wiremu.email, mere.email], 'Whānau');
    expect(await room.outbox()).toEqual([]); // being added is no mail
    room.leaveAlone();
    await room.post(hana, group.id, 'A secret word');
    expect((await room.outbox()).map((m) => [m.to, m.state])).toEqual(
      expect.arrayContaining([
        [wiremu.email, 'queued'],
        [mere.email, 'queued'],
      ]),
    );
    await room.post(hana, group.id, 'Another');
    await room.post(hana, group.id, 'A third');
    expect(await room.outbox()).toHaveLength(2); // one each, and none for oneself
    room.gather();
    const [one, two] = await room.sent(2);
    expect([one?.to, two?.to].toSorted()).toEqual([mere.email, wiremu.email]);
    expect(one?.subject).toBe('3 new messages from hana in Whānau');
    for (const body of [one?.text, one?.html]) {
      expect(body).toContain('3 new messages from hana in Whānau');
      expect(body).not.toMatch(/secret|Another|third/);
      expect(body).toContain(`http://localhost:${room.port}/c/${group.id}`);
    }
  });

  test('N3: what comes within a quarter of an hour of a mail waits for its end, and is then told in one', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu] = await room.people('hana', 'wiremu');
    const direct = await room.ok<{ conversation: { id: string } }>('conversations.create', { kind: 'direct', person: wiremu.email }, hana);
    const { id } = direct.conversation;
    room.leaveAlone();
    await room.post(hana, id);
    await room.outbox();
    room.gather();
    await room.sent(1);
    const sentAt = room.clock.now;
    for (let i = 0; i < 3; i++) {
      room.clock.now += 60_000;
      await room.post(hana, id);
      await room.outbox();
    }
    const waiting = (await room.outbox()).filter((m) => m.state === 'queued');
    expect(waiting.map((m) => m.runAfter)).toEqual([sentAt + fifteen]);
    room.clock.now = sentAt + fifteen;
    const letters = await room.sent(2);
    expect(letters[1]?.subject).toBe('3 new messages from hana');
    expect(letters).toHaveLength(2);
  });

  test('N3: nobody who is here, muted, blocking or unsubscribed gets one, nor oneself', async () => {
    await using room = await createMailroom(dialect);
    const [hana, here, muted, later, blocking, gone, away] = await room.people(
      'hana',
      'here',
      'muted',
      'later',
      'blocking',
      'gone',
      'away',
    );
    const group = await room.group(
      hana,
      [here, muted, later, blocking, gone, away].map((p) => p.email),
    );
    room.leaveAlone();
    await room.ok('conversations.list', {}, here);
    room.clock.now += 4 * 60_000; // seen four minutes ago
    await room.mute(muted, group.id, { notify: 'none' });
    await room.mute(later, group.id, { notify: 'all', muted_until: room.clock.now + 3_600_000 });
    await room.block(blocking, hana);
    await room.mails(gone, 0);
    await room.post(hana, group.id);
    expect((await room.outbox()).map((m) => m.to)).toEqual([away.email]);
  });

  test('N3: an open socket is being here, however long ago its session was seen', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere] = await room.people('hana', 'wiremu', 'mere');
    const group = await room.group(hana, [wiremu.email, mere.email]);
    using socket = await room.socket(wiremu);
    await socket.query('conversations.list', {});
    room.clock.now += 3_600_000;
    await room.post(hana, group.id);
    expect((await room.outbox()).map((m) => m.to)).toEqual([mere.email]);
    room.clock.now += 3_600_000;
    socket.socket.close();
    await eventually('it is noted until when he was here', async () => {
      const rows = await room.services.read.selectFrom('session').select('last_seen_at').execute();
      return rows.some((r) => Number(r.last_seen_at) === room.clock.now);
    });
    await room.post(hana, group.id);
    expect((await room.outbox()).map((m) => m.to)).toEqual([mere.email, mere.email]);
  });

  test('R113, N3: a friend who joins a chat of mine is a mail for those who were in it and away, with no word of mails for the rest', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere, tama] = await room.people('hana', 'wiremu', 'mere', 'tama');
    const group = await room.group(hana, [wiremu.email, mere.email], 'Waka');
    room.leaveAlone();
    await room.ok('members.add', { conversationId: group.id, person: tama.email }, hana);
    expect((await room.outbox()).map((m) => m.to).toSorted()).toEqual([mere.email, wiremu.email]);
    room.gather();
    const letters = await room.sent(2);
    expect(letters.map((l) => l.subject)).toEqual(['tama joined Waka', 'tama joined Waka']);
  });

  test('R114: a post takes no longer while the mail server does not answer for half a minute', { timeout: 60_000 }, async () => {
    const onTheWire: string[] = [];
    const end = Promise.withResolvers<void>();
    const hang = async (letter: Letter) => {
      onTheWire.push(letter.id);
      await end.promise;
    };
    await using quiet = await createMailroom(dialect);
    await using hanging = await createMailroom(dialect, { send: hang });
    const posters: (() => Promise<unknown>)[] = [];
    for (const room of [quiet, hanging]) {
      const [hana, wiremu] = await room.people('hana', 'wiremu');
      const direct = await room.ok<{ conversation: { id: string } }>(
        'conversations.create',
        { kind: 'direct', person: wiremu.email },
        hana,
      );
      room.leaveAlone();
      posters.push(() => room.post(hana, direct.conversation.id));
    }
    try {
      await posters[1]?.();
      await hanging.outbox();
      hanging.gather();
      await eventually('a mail on the wire', () => onTheWire.length === 1);
      const times: number[][] = [[], []];
      for (let i = 0; i < 60; i++) {
        for (const [room, post] of posters.entries()) {
          const before = performance.now();
          await post();
          if (i >= 10) times[room]?.push(performance.now() - before);
        }
      }
      const [without = 0, during = 0] = times.map((own) => own.toSorted((a, b) => a - b)[25]);
      process.stdout.write(
        `R114 [${dialect}]: median of 50 posts ${without.toFixed(2)} ms, with a mail on the wire ${during.toFixed(2)} ms\n`,
      );
      expect(during - without).toBeLessThan(10);
      expect(onTheWire).toHaveLength(1);
    } finally {
      end.resolve();
    }
  });
});
