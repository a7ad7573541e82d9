import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createMailroom, type Mailroom } from '../test/mailroom.ts';
import { send } from '../test/rest.ts';
import type { Out, Person } from '../test/server.ts';

/** What is queued for wiremu after six minutes away and one message. */
async function told(room: Mailroom, hana: Person, wiremu: Person, groupId: string): Promise<string[]> {
  room.clock.now += 3_600_000; // another quarter of an hour
  await room.post(hana, groupId);
  const mine = (await room.outbox()).filter((m) => m.to === wiremu.email && m.state === 'queued');
  room.gather();
  await room.fate();
  return mine.map((m) => m.state);
}

eachDatabase('what a person decides about mails', (dialect: Dialect) => {
  test('N3: none, counts or texts for all chats, and each chat’s own level besides: a mail goes out only where both want it', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere] = await room.people('hana', 'wiremu', 'mere');
    for (const other of [hana, mere]) await room.mails(other, 0);
    const { id } = await room.group(hana, [wiremu.email, mere.email]);
    const { id: other } = await room.group(hana, [wiremu.email, mere.email], 'Hīkoi');
    const decide = (mails: string) => room.ok<Out['preferences']['set']>('preferences.set', { mails }, wiremu);
    const level = (level: string, conversationId = id) => room.ok('conversations.notify', { conversationId, level }, wiremu);
    const asked = () => room.ok<Out['preferences']['get']>('preferences.get', undefined, wiremu);

    expect(await asked()).toEqual({ receipts: true, mails: 'counts' });
    expect(await told(room, hana, wiremu, id)).toEqual(['queued']);
    expect(room.letters.at(-1)?.text).not.toContain('hana: Kia ora');
    expect(await decide('none')).toEqual({ receipts: true, mails: 'none' });
    expect(await told(room, hana, wiremu, id)).toEqual([]);
    await level('all');
    expect(await told(room, hana, wiremu, id)).toEqual([]); // the chat’s level alone brings none
    await decide('texts');
    expect(await told(room, hana, wiremu, id)).toEqual(['queued']);
    expect(room.letters.at(-1)?.text).toContain('hana: Kia ora');
    await level('none');
    expect(await told(room, hana, wiremu, id)).toEqual([]); // nor does wanting mails
    expect(await told(room, hana, wiremu, other)).toEqual(['queued']); // the level is that chat’s own
    await level('all');
    expect(await told(room, hana, wiremu, id)).toEqual(['queued']);
    expect(room.faults).toEqual([]);
  });

  test('N3, S7: the link at the end of a mail and the setting are one switch, and a mail that waits obeys it', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere] = await room.people('hana', 'wiremu', 'mere');
    for (const other of [hana, mere]) await room.mails(other, 0);
    const { id } = await room.group(hana, [wiremu.email, mere.email]);
    expect(await told(room, hana, wiremu, id)).toEqual(['queued']);
    await fetch(`${room.url}${new URL(room.letters[0]?.unsubscribe ?? '').pathname}`, { method: 'POST' });
    expect(await room.ok('preferences.get', undefined, wiremu)).toEqual({ receipts: true, mails: 'none' });
    await room.ok('preferences.set', { mails: 'counts' }, wiremu);
    room.clock.now += 3_600_000;
    await room.post(hana, id);
    expect((await room.outbox()).at(-1)).toMatchObject({ to: wiremu.email, state: 'queued' });
    await room.ok('preferences.set', { mails: 'none' }, wiremu);
    room.clock.now += 360_000;
    await room.fate();
    expect((await room.outbox()).at(-1)).toMatchObject({ state: 'cancelled', why: 'Wants no mails.' });
    expect(room.letters).toHaveLength(1);
  });

  test('N2, N3: each is changed alone, for oneself alone; nothing, or what is no choice, is refused', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu] = await room.people('hana', 'wiremu');
    const patch = (body: unknown) => send(room.url, 'PATCH', '/users/me/preferences', body, { token: hana.token });
    expect((await patch({ receipts: false })).data).toEqual({ receipts: false, mails: 'counts' });
    expect((await patch({ mails: 'texts' })).data).toEqual({ receipts: false, mails: 'texts' });
    expect((await patch({ mails: 'none', receipts: true })).data).toEqual({ receipts: true, mails: 'none' });
    for (const wrong of [{}, { mails: 'loud' }, { mails: 1 }, { mails: null }, { letters: 'none' }, { mails: 'counts', extra: 1 }])
      expect([wrong, (await patch(wrong)).status]).toEqual([wrong, 400]);
    expect(await room.ok('preferences.get', undefined, hana)).toEqual({ receipts: true, mails: 'none' });
    expect(await room.ok('preferences.get', undefined, wiremu)).toEqual({ receipts: true, mails: 'counts' });
    expect((await send(room.url, 'PATCH', '/users/me/preferences', { mails: 'none' })).status).toBe(401);
  });
});
