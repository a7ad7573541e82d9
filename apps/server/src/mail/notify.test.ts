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

  test('N3: who wants only mentions gets a mail where they are named, and only of that; muted for a while, none', async () => {
    await using room = await createMailroom(dialect);
    const [hana, quiet, later, never] = await room.people('hana', 'quiet', 'later', 'never');
    for (const one of [quiet, later, never]) await room.ok('users.updateMe', { username: one.name }, one);
    const group = await room.group(
      hana,
      [quiet, later, never].map((p) => p.email),
      'Whānau',
    );
    room.leaveAlone();
    await room.mute(quiet, group.id, { notify: 'mentions' });
    await room.mute(later, group.id, { notify: 'mentions', muted_until: room.clock.now + 3_600_000 });
    await room.mute(never, group.id, { notify: 'none' });
    await room.post(hana, group.id, 'nobody');
    expect(await room.outbox()).toEqual([]);
    await room.post(hana, group.id, '@here a word');
    await room.post(hana, group.id, 'nobody again');
    expect((await room.outbox()).map((m) => m.to)).toEqual([quiet.email]);
    room.gather();
    expect((await room.sent(1)).map((l) => [l.to, l.subject])).toEqual([[quiet.email, '1 new message from hana in Whānau']]);
  });

  test('D-ed2: an edit is a mail for those whom it names anew, once, and for nobody else', async () => {
    await using room = await createMailroom(dialect);
    const [hana, quiet, other] = await room.people('hana', 'quiet', 'other');
    for (const one of [quiet, other]) await room.ok('users.updateMe', { username: one.name }, one);
    const group = await room.group(hana, [quiet.email, other.email]);
    room.leaveAlone();
    for (const one of [quiet, other]) await room.mute(one, group.id, { notify: 'mentions' });
    const { message } = await room.post(hana, group.id, 'nobody');
    await room.ok('messages.edit', { messageId: message.id, text: 'kia ora @quiet' }, hana);
    expect((await room.outbox()).map((m) => m.to)).toEqual([quiet.email]);
    room.gather();
    await room.sent(1);
    room.clock.now += fifteen;
    await room.ok('messages.edit', { messageId: message.id, text: 'kia ora anō @quiet' }, hana);
    expect(await room.outbox()).toHaveLength(1);
  });

  test('N3, Q2: a room sends mails to those whom it names, follow it or not, and cancels them when the door is shut', async () => {
    await using room = await createMailroom(dialect);
    const [hana, follower, guest, mute] = await room.people('hana', 'follower', 'guest', 'mute');
    for (const one of [follower, guest, mute]) await room.ok('users.updateMe', { username: one.name }, one);
    const { id } = await room.ok<{ id: string }>('rooms.create', { name: 'Marae' }, hana);
    await room.ok('rooms.follow', { roomId: id }, follower);
    await room.mute(mute, id, { notify: 'none' });
    room.leaveAlone();
    await room.post(hana, id, 'nobody');
    await room.post(hana, id, '@guest @mute');
    expect((await room.outbox()).map((m) => m.to)).toEqual([guest.email]);
    room.gather();
    expect((await room.sent(1)).map((l) => [l.to, l.subject])).toEqual([[guest.email, '1 new message from hana in Marae']]);
    await room.post(hana, id, '@follower');
    expect((await room.outbox()).map((m) => [m.to, m.state])).toContainEqual([follower.email, 'queued']);
    await room.ok('rooms.deny', { roomId: id, userId: follower.id }, hana);
    room.gather();
    await eventually('the mail is cancelled', async () =>
      (await room.outbox()).some((m) => m.to === follower.email && m.state === 'cancelled'),
    );
    expect(room.letters).toHaveLength(1);
  });

  test('C14: who has blocked somebody gets no mail when those name them', async () => {
    await using room = await createMailroom(dialect);
    const [hana, blocking, other] = await room.people('hana', 'blocking', 'other');
    for (const one of [blocking, other]) await room.ok('users.updateMe', { username: one.name }, one);
    const group = await room.group(hana, [blocking.email, other.email]);
    room.leaveAlone();
    for (const one of [blocking, other]) await room.mute(one, group.id, { notify: 'mentions' });
    await room.block(blocking, hana);
    await room.post(hana, group.id, '@blocking @other');
    expect((await room.outbox()).map((m) => m.to)).toEqual([other.email]);
  });

  test('R114: a post takes no longer while the mail server does not answer for half a minute', async () => {
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
