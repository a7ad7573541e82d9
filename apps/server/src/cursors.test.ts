import { eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { startServer } from './test/server.ts';

const rubbish = [
  '',
  '0',
  '-1',
  '1',
  '9007199254740992',
  '1e400',
  'NaN',
  '../../etc',
  "' or 1=1 --",
  'A',
  'A'.repeat(22),
  'A'.repeat(64),
  'AAAAAAAAAAAAAAAAAAAAAA==',
  '\u0000',
  'ā'.repeat(22),
];
const shapes = [0, -1, 2 ** 53, 1.5, true, [], {}, ['a'], { $ne: 1 }];

eachDatabase('cursors', (dialect) => {
  test('D5: a forged cursor of the feed is refused, by any of its names and in any shape', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea] = await server.people('anahera', 'bea');
    await server.group(anahera, [bea.email, 'guest@example.org']);
    using socket = await server.socket(bea);
    const { pos } = await server.ok<{ pos: string }>('session.snapshot', undefined, bea);
    const edited = [...pos].map((c, i) => `${pos.slice(0, i)}${c === 'A' ? 'B' : 'A'}${pos.slice(i + 1)}`);
    const wrong: string[] = [];
    let tries = 0;
    for (const value of [...rubbish, ...shapes, ...edited, 'x'.repeat(10_000)]) {
      for (const name of ['cursor', 'lastEventId']) {
        const frame = await socket.subscribe({ [name]: value });
        tries++;
        const code = frame.error?.data.code;
        if (code !== 'CURSOR_INVALID' && code !== 'BAD_INPUT')
          wrong.push(`${name} ${JSON.stringify(value).slice(0, 40)}: ${code ?? frame.result?.type}`);
      }
    }
    expect(wrong).toEqual([]);
    expect((await socket.subscribe({ cursor: pos })).result?.type).toBe('started');
    expect(server.faults).toEqual([]);
    process.stdout.write(`D5 [${dialect}]: ${tries} forged cursors refused\n`);
  });

  test('D5: a cursor opens the list it was made for, for the person it was made for, and no other', async () => {
    await using server = await startServer({ dialect });
    const [anahera, bea, carl] = await server.people('anahera', 'bea', 'carl');
    const one = await server.group(anahera, [bea.email, carl.email]);
    const two = await server.group(anahera, [bea.email, carl.email]);
    for (const { id: conversationId } of [one, two, one]) await server.ok('messages.post', { conversationId, text: 'Kia ora' }, anahera);
    const next = async (path: string, input: object) =>
      (await server.ok<{ nextCursor: string | null }>(path, { ...input, limit: 1 }, anahera)).nextCursor;
    const messages = await next('messages.list', { conversationId: one.id });
    const members = await next('members.list', { conversationId: one.id });
    const chats = await next('conversations.list', {});
    expect([messages, members, chats]).not.toContain(null);
    const refused = async (path: string, input: object, who = anahera) => (await server.call(path, input, who)).code;
    expect(await refused('messages.list', { conversationId: two.id, cursor: messages })).toBe('CURSOR_INVALID');
    expect(await refused('messages.list', { conversationId: one.id, order: 'asc', cursor: messages })).toBe('CURSOR_INVALID');
    expect(await refused('members.list', { conversationId: one.id, cursor: messages })).toBe('CURSOR_INVALID');
    expect(await refused('conversations.list', { cursor: chats }, bea)).toBe('CURSOR_INVALID');
    expect(await refused('auth.sessions', { cursor: chats })).toBe('CURSOR_INVALID');
    expect(await refused('invitations.list', { cursor: members })).toBe('CURSOR_INVALID');
    for (const cursor of [...rubbish.filter((c) => c !== ''), `${chats}A`, chats?.slice(1)])
      expect(await refused('conversations.list', { cursor })).toBe('CURSOR_INVALID');
    for (const cursor of [...shapes, '', 'x'.repeat(1_025)]) expect(await refused('conversations.list', { cursor })).toBe('BAD_INPUT');
    expect(await refused('conversations.list', { cursor: chats })).toBe(null);
    expect(server.faults).toEqual([]);
  });
});
