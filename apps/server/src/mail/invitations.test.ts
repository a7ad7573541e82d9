import { limits } from '@koreromai/contract';
import { addressIdOf, bytesOf, tokenOf } from '@koreromai/db';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createMailroom, type Mailroom } from '../test/mailroom.ts';
import type { Out, Person } from '../test/server.ts';

const day = limits.invitation.mailEvery;
const linkIn = (text: string) => /\/join\/([\w-]{43})/.exec(text)?.[1] ?? '';

const ask = (room: Mailroom, by: Person, email: string) =>
  room.ok<Out['conversations']['create']>('conversations.create', { kind: 'direct', person: email }, by);
const pendingOf = (made: Out['conversations']['create']) => {
  const pending = made.status === 'pending' ? made.pending : made.conversation.pending[0];
  if (!pending) throw new Error('The address has no account.');
  return pending;
};
const invitations = async (room: Mailroom) => (await room.outbox()).filter((m) => String(m.data).includes('invitationId'));

/** What became of the letter that waited. */
const last = (room: Mailroom) =>
  eventually('a decision', async () => {
    const rows = await room.outbox();
    return rows.every((m) => m.state !== 'queued') && rows.find((m) => m.state !== 'sent');
  });

eachDatabase('the letter of an invitation', (dialect: Dialect) => {
  test('C7: an unknown address gets one letter with the link that the inviter has, by each of the four ways to invite; nobody else reads the address', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere] = await room.people('hana', 'wiremu', 'mere');
    for (const other of [hana, wiremu, mere]) await room.mails(other, 2);
    const group = await room.group(hana, [wiremu.email, mere.email, 'One@Unknown.example', 'two@unknown.example'], 'Whānau <b>');
    await room.ok('members.add', { conversationId: group.id, person: 'three@unknown.example' }, hana);
    await room.ok('conversations.update', { conversationId: group.id, add: ['four@unknown.example'] }, hana);
    const asked = pendingOf(await ask(room, hana, 'five@unknown.example'));
    room.leaveAlone();
    await room.post(hana, group.id);
    await room.outbox();
    room.gather();
    const letters = await room.sent(7);
    expect(letters.map((l) => l.to).toSorted()).toEqual(
      [...['five', 'four', 'one', 'three', 'two'].map((n) => `${n}@unknown.example`), mere.email, wiremu.email].toSorted(),
    );
    const { pending } = await room.ok<Out['conversations']['get']>('conversations.get', { conversationId: group.id }, hana);
    for (const { email, link } of [...pending, asked]) {
      const letter = letters.find((l) => l.to === email);
      expect(letter?.text).toContain(link);
      expect(letter?.subject).toBe('hana invites you to a chat');
      expect(letter?.html).not.toContain('<b>');
      expect(letter?.text).toContain(`${letter?.unsubscribe}`);
    }
    for (const letter of letters) {
      const addresses = JSON.stringify(letter).match(/[\w.]+@[\w.]+/g) ?? [];
      expect(addresses.filter((a) => a !== letter.to)).toEqual([]);
    }
    const link = linkIn(letters.find((l) => l.to === 'one@unknown.example')?.text ?? '');
    const tama = await room.signUp('tama');
    expect(await room.ok('invitations.accept', { token: link }, tama)).toMatchObject({ id: group.id, myRole: 'member' });
  });

  test('C7: asked again, an address is written to again only after a day; another’s invitation waits for that day; an open one is told once', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu] = await room.people('hana', 'wiremu');
    const email = 'friend@unknown.example';
    const first = pendingOf(await ask(room, hana, email));
    await room.sent(1);
    for (let i = 0; i < 3; i++) expect(pendingOf(await ask(room, hana, email.toUpperCase()))).toEqual(first);
    await ask(room, wiremu, email);
    const start = room.clock.now;
    const [waits, ...more] = (await invitations(room)).filter((m) => m.state === 'queued');
    expect([(waits?.runAfter ?? 0) - start, more]).toEqual([day, []]);
    expect(await invitations(room)).toHaveLength(2);
    room.clock.now += day - 1;
    await ask(room, hana, email);
    expect(await invitations(room)).toHaveLength(2);
    room.clock.now += 1;
    expect((await room.sent(2))[1]?.subject).toBe('wiremu invites you to a chat');
    room.clock.now += day;
    expect(pendingOf(await ask(room, hana, email))).toEqual(first);
    const again = (await room.sent(3))[2];
    expect(again?.text).toContain(first.link);
    expect(again?.id).not.toBe(room.letters[0]?.id); // another letter, not the same one twice
    await ask(room, hana, email);
    await ask(room, hana, 'else@unknown.example'); // another address has its own day
    expect((await room.sent(4))[3]?.to).toBe('else@unknown.example');
    expect(await invitations(room)).toHaveLength(4);
  });

  const reasons: readonly [string, (room: Mailroom, hana: Person, invitationId: string, link: string) => Promise<unknown>][] = [
    ['it is withdrawn', (room, hana, invitationId) => room.ok('invitations.revoke', { invitationId }, hana)],
    ['it is accepted', async (room, _, __, link) => room.ok('invitations.accept', { token: linkIn(link) }, await room.signUp('tama'))],
    ['its inviter is suspended', (room, hana) => room.gone(hana, 'suspended_at')],
    ['its inviter is deleted', (room, hana) => room.gone(hana, 'deleted_at')],
  ];
  test.for(reasons)('C7, S7: nothing is sent when %s before its turn', async ([, happens]) => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu] = await room.people('hana', 'wiremu');
    const email = 'friend@unknown.example';
    await ask(room, wiremu, email);
    await room.sent(1);
    const { id, link } = pendingOf(await ask(room, hana, email));
    await happens(room, hana, id, link);
    room.clock.now += day;
    expect(await last(room)).toMatchObject({ state: 'cancelled', why: 'The invitation is gone.' });
    expect(room.letters).toHaveLength(1);
  });

  test('S7: the last link ends invitations to its own address alone, from anybody and for good, also one that waits; looking changes nothing', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu] = await room.people('hana', 'wiremu');
    const email = 'friend@unknown.example';
    await ask(room, hana, email);
    const [letter] = await room.sent(1);
    const path = new URL(letter?.unsubscribe ?? '').pathname;
    await ask(room, wiremu, email); // waits
    const rows = () => room.services.read.selectFrom('invited_address').select(['id', 'refused_at']).execute();
    const page = await fetch(`${room.url}${path}`);
    expect([page.status, (await page.text()).includes('<form method="post">')]).toEqual([200, true]);
    expect(await rows()).toMatchObject([{ refused_at: null }]);
    const click = { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    for (let i = 0; i < 2; i++) expect((await fetch(`${room.url}${path}`, click)).status).toBe(200);
    expect((await rows()).map((r) => r.id.equals(bytesOf(addressIdOf(email))) && r.refused_at !== null)).toEqual([true]);

    room.clock.now += day;
    expect(await last(room)).toMatchObject({ state: 'cancelled', why: 'The address wants no invitations.' });
    room.clock.now += day;
    const before = await room.outbox();
    const third = await room.signUp('mere');
    const pending = pendingOf(await ask(room, third, email));
    expect(pending).toMatchObject({ email, status: 'pending' }); // the inviter learns nothing of it
    await room.group(third, [hana.id, email]);
    expect(await room.outbox()).toEqual(before);
    await ask(room, third, 'other@unknown.example');
    expect((await room.sent(2))[1]?.to).toBe('other@unknown.example');

    const { secret } = room.services.db;
    const crossed = [tokenOf(secret, 'uninvite', hana.id), tokenOf(secret, 'unsubscribe', addressIdOf('third@unknown.example'))];
    for (const token of crossed) await fetch(`${room.url}/unsubscribe/${token}`, { method: 'POST' });
    const mails = await room.services.read.selectFrom('user').select('mails').execute();
    expect(mails.map((m) => m.mails)).toEqual([1, 1, 1]); // an address’s link does nothing to a person, nor a person’s to an address
    const third2 = (await rows()).find((r) => r.id.equals(bytesOf(addressIdOf('third@unknown.example'))));
    expect(third2).toBeUndefined();
  });
});
