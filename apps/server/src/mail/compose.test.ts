import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createMailroom } from '../test/mailroom.ts';
import { rawRequest } from '../test/raw.ts';

/** A group whose member was away when its owner wrote, and a mail that waits. */
async function waiting(dialect: Dialect) {
  const room = await createMailroom(dialect);
  const [hana, wiremu, mere, tama] = await room.people('hana', 'wiremu', 'mere', 'tama');
  for (const other of [mere, tama]) await room.mails(other, 0);
  const group = await room.group(hana, [wiremu.email, mere.email, tama.email]);
  room.leaveAlone();
  const message = await room.post(hana, group.id, 'Kia ora e hoa');
  expect((await room.outbox()).map((m) => [m.to, m.state])).toEqual([[wiremu.email, 'queued']]);
  return { room, hana, wiremu, mere, group, message, [Symbol.asyncDispose]: () => room[Symbol.asyncDispose]() };
}

type Waiting = Awaited<ReturnType<typeof waiting>>;

/** What makes a mail that waits unwanted, and what the outbox says of it. */
const reasons: readonly [string, string, (w: Waiting) => Promise<unknown>][] = [
  ['it was read', 'Nothing unread', ({ room, wiremu, group, message }) => room.read(wiremu, group.id, message.message.seq)],
  [
    'the reader was removed',
    'No longer in',
    ({ room, hana, wiremu, group }) => room.ok('members.remove', { conversationId: group.id, userId: wiremu.id }, hana),
  ],
  ['the chat was muted', 'muted', ({ room, wiremu, group }) => room.mute(wiremu, group.id, { notify: 'none' })],
  ['the author was blocked', 'Nothing unread', ({ room, wiremu, hana }) => room.block(wiremu, hana)],
  ['the reader unsubscribed', 'Wants no mails', ({ room, wiremu }) => room.mails(wiremu, 0)],
  ['the reader came back', 'been here', ({ room, wiremu }) => room.ok('conversations.list', {}, wiremu)],
  ['the message was deleted', 'Nothing unread', ({ room, group, message }) => room.deleted(group.id, message.message.id)],
  ['the account was deleted', 'no such account', ({ room, wiremu }) => room.gone(wiremu, 'deleted_at')],
  ['the account was suspended', 'no such account', ({ room, wiremu }) => room.gone(wiremu, 'suspended_at')],
];

eachDatabase('a mail that waits', (dialect: Dialect) => {
  test.for(reasons)('S7, N3: is cancelled when %s', async ([, why, happens]) => {
    await using scene = await waiting(dialect);
    await happens(scene);
    scene.room.gather();
    expect(await scene.room.fate()).toMatchObject({ state: 'cancelled', last_error: expect.stringContaining(why) });
    expect(scene.room.letters).toEqual([]);
  });

  test('without any of that it goes out', async () => {
    await using scene = await waiting(dialect);
    scene.room.gather();
    expect(await scene.room.fate()).toMatchObject({ state: 'sent', sent_at: scene.room.clock.now });
  });

  test('S7: those who want texts get what they may see: nothing from before they came, nothing deleted, nothing of whom they blocked', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu, mere, tama] = await room.people('hana', 'wiremu', 'mere', 'tama');
    for (const other of [hana, wiremu, mere]) await room.mails(other, 0);
    const group = await room.group(hana, [wiremu.email, mere.email]);
    await room.post(hana, group.id, 'before tama came');
    await room.ok('members.add', { conversationId: group.id, person: tama.email }, hana);
    await room.mails(tama, 2);
    await room.block(tama, mere);
    room.leaveAlone();
    await room.post(hana, group.id, '<b>first</b> & foremost');
    const { message } = await room.post(hana, group.id, 'taken back');
    await room.deleted(group.id, message.id);
    await room.post(mere, group.id, 'from a blocked one');
    await room.outbox();
    room.gather();
    const [letter] = await room.sent(1);
    expect(letter?.subject).toBe('1 new message from hana in Whānau');
    expect(letter?.text).toContain('hana: <b>first</b> & foremost');
    expect(letter?.html).toContain('hana: &#60;b&#62;first&#60;/b&#62; &#38; foremost');
    expect(`${letter?.text} ${letter?.html}`).not.toMatch(/before tama|taken back|blocked one/);
  });

  test('A9: links are made of the configured URL, whatever the request says of itself', async () => {
    await using room = await createMailroom(dialect);
    const [hana, wiremu] = await room.people('hana', 'wiremu');
    const direct = await room.ok<{ conversation: { id: string } }>('conversations.create', { kind: 'direct', person: wiremu.email }, hana);
    room.leaveAlone();
    const evil = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'gopher' };
    const posted = await fetch(`${room.url}/trpc/messages.post`, {
      method: 'POST',
      headers: { ...evil, authorization: `Bearer ${hana.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: crypto.randomUUID(), conversationId: direct.conversation.id, text: 'kia ora' }),
    });
    expect(posted.status).toBe(200);
    await room.outbox();
    room.gather();
    const [letter] = await room.sent(1);
    expect(JSON.stringify(letter)).not.toMatch(/evil|gopher/);
    expect(letter?.text.match(/https?:\/\/[^/\s]+/g)?.every((url) => url === `http://localhost:${room.port}`)).toBe(true);
  });

  test('A9: the link to a new password is made of the configured URL, whatever host the asker names', async () => {
    await using room = await createMailroom(dialect);
    const hana = await room.signUp('hana');
    const body = JSON.stringify({ email: hana.email });
    const rest = { 'Content-Type': 'application/json', 'Content-Length': String(body.length), Connection: 'close' };
    const evil = 'evil.example';
    const askers: [target: string, headers: Record<string, string>][] = [
      ['/api/v1/auth/password/forgot', { Host: evil }],
      ['/api/v1/auth/password/forgot', { Host: 'localhost', 'X-Forwarded-Host': evil, 'X-Forwarded-Proto': 'gopher' }],
      [
        '/api/v1/auth/password/forgot',
        { Host: 'localhost', Forwarded: `host=${evil};proto=gopher`, 'X-Original-Host': evil, 'X-Host': evil },
      ],
      [`http://${evil}/api/v1/auth/password/forgot`, { Host: evil }],
      [`http://${evil}/trpc/auth.forgotPassword`, { Host: `localhost@${evil}`, 'X-Forwarded-Server': evil }],
      ['/trpc/auth.forgotPassword', { Host: evil, Origin: `http://localhost:${room.port}` }],
    ];
    let letters = 0;
    for (const [target, headers] of askers) {
      room.clock.now += 120_000; // who has just asked gets no second one
      const head = Object.entries({ ...headers, ...rest }).map(([name, value]) => `${name}: ${value}`);
      const { status } = await rawRequest(room.port, `POST ${target} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`);
      await room.services.jobs.idle();
      if (status >= 300) continue; // refused at the door is as good
      const letter = (await room.sent(++letters)).at(-1);
      expect(JSON.stringify(letter), target).not.toMatch(/evil|gopher/);
      const links = letter?.text.match(/https?:\/\/[^/\s.]+/g) ?? [];
      expect(new Set(links)).toEqual(new Set([`http://localhost:${room.port}`]));
    }
    process.stdout.write(`A9 [${dialect}]: ${letters} letters for ${askers.length} askers\n`);
    expect(letters).toBeGreaterThan(2);
    expect(room.letters).toHaveLength(letters);
  });
});
