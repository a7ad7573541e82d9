import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';
import type { Person } from '../test/world.ts';

eachDatabase('writing to a person', (dialect: Dialect) => {
  const cast = createCast(dialect, ['root', 'a', 'b', 'c', 'd']); // the first is the admin
  const write = (by: Person, to: Person, text: string, id?: string) => {
    cast.world.clock.now += 1_000;
    return by.api.users.post({ userId: to.id, text, ...(id ? { id } : {}) });
  };
  const between = async (who: Person, other: Person) => (await who.api.users.messages({ userId: other.id })).items.map((m) => m.text);
  const whom = async (who: Person, of = who) => (await who.api.users.correspondents({ userId: of.id })).items.map((u) => u.id);
  const inbox = async (who: Person) => (await who.api.users.directMessages({})).items.map((m) => m.text);

  test('R022, R025: the first message begins the direct chat, the next ones use it, and the same id is the same message', async () => {
    const id = crypto.randomUUID();
    const first = await write(cast.a, cast.b, 'one', id);
    const again = await write(cast.a, cast.b, 'one', id);
    expect(again).toEqual({ message: first.message, replayed: true });
    const second = await write(cast.b, cast.a, 'two');
    expect(second.message.conversationId).toBe(first.message.conversationId);
    const { items } = await cast.a.api.conversations.list({});
    expect(items.map((c) => [c.id, c.kind, c.members.length])).toEqual([[first.message.conversationId, 'direct', 2]]);
  });

  test('R022: to oneself, to nobody, and without words is refused and begins nothing', async () => {
    expect(await verdict(cast.d.api.users.post({ userId: cast.d.id, text: 'me' }))).toBe('CANNOT_ADD_SELF');
    expect(await verdict(cast.d.api.users.post({ userId: crypto.randomUUID(), text: 'you' }))).toBe('NOT_FOUND');
    expect(await verdict(cast.d.api.users.post({ userId: cast.a.id, text: '  ' }))).toBe('EMPTY_MESSAGE');
    expect(await verdict(cast.d.api.users.post({ userId: cast.a.id, text: 'x'.repeat(4_001) }))).toBe('MESSAGE_TOO_LONG');
    expect((await cast.d.api.conversations.list({})).items).toEqual([]);
  });

  test('R026: both read both directions, newest first; a third person reads only their own', async () => {
    expect(await between(cast.a, cast.b)).toEqual(['two', 'one']);
    expect(await between(cast.b, cast.a)).toEqual(['two', 'one']);
    expect(await between(cast.c, cast.b)).toEqual([]);
    expect(await between(cast.root, cast.b)).toEqual([]);
    expect(await verdict(cast.c.api.users.messages({ userId: crypto.randomUUID() }))).toBe('NOT_FOUND');
  });

  test('R027: whom one wrote with, by the last message either way, each once; edits and likes move nobody', async () => {
    await write(cast.a, cast.c, 'to c');
    const { message } = await write(cast.d, cast.a, 'from d');
    expect(await whom(cast.a)).toEqual([cast.d.id, cast.c.id, cast.b.id]);
    await write(cast.b, cast.a, 'three');
    expect(await whom(cast.a)).toEqual([cast.b.id, cast.d.id, cast.c.id]);
    await cast.d.api.messages.edit({ messageId: message.id, text: 'edited' });
    await cast.a.api.reactions.like({ messageId: message.id });
    expect(await whom(cast.a)).toEqual([cast.b.id, cast.d.id, cast.c.id]);
    expect(await whom(cast.c)).toEqual([cast.a.id]);
    await cast.world.group(cast.a, [cast.root, cast.c]); // a group makes nobody a correspondent
    expect(await whom(cast.root)).toEqual([]);
    expect(JSON.stringify(await cast.a.api.users.correspondents({ userId: cast.a.id }))).not.toContain('@');
  });

  test('R027: somebody else’s correspondents are for site admins alone', async () => {
    expect(await verdict(cast.b.api.users.correspondents({ userId: cast.a.id }))).toBe('FORBIDDEN');
    expect(await verdict(cast.b.api.users.correspondents({ userId: crypto.randomUUID() }))).toBe('NOT_FOUND');
    expect(await whom(cast.root, cast.a)).toEqual([cast.b.id, cast.d.id, cast.c.id]);
  });

  test('R023: everything others wrote to me alone, newest first, nothing of mine and nothing of groups', async () => {
    const group = await cast.world.group(cast.b, [cast.a, cast.c]);
    await cast.b.api.messages.post({ conversationId: group.id, text: 'to all' });
    expect(await inbox(cast.a)).toEqual(['three', 'edited', 'two']);
    expect(await inbox(cast.c)).toEqual(['to c']);
    expect(await inbox(cast.root)).toEqual([]);
  });

  test('H1, H3: what I hid or what was deleted is in none of these lists, and changes nothing for the other', async () => {
    const [newest] = (await cast.a.api.users.directMessages({})).items;
    await cast.a.api.messages.delete({ messageId: newest?.id ?? '', for: 'me' });
    expect(await inbox(cast.a)).toEqual(['edited', 'two']);
    expect(await between(cast.a, cast.b)).toEqual(['two', 'one']);
    expect(await whom(cast.a)).toEqual([cast.d.id, cast.c.id, cast.b.id]);
    expect(await whom(cast.b)).toEqual([cast.a.id]);
    expect(await between(cast.b, cast.a)).toEqual(['three', 'two', 'one']);
  });

  test('R023: pages of messages written in one millisecond have no repeat and no gap', async () => {
    const many = await cast.world.people('m1', 'm2', 'm3');
    const post = (by: Person, text: string) => by.api.users.post({ userId: cast.root.id, text });
    for (let i = 0; i < 5; i++) for (const [j, by] of many.entries()) await post(by, `${i}.${j}`); // the clock stands
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof cast.root.api.users.directMessages>> = await cast.root.api.users.directMessages({
        limit: 4,
        cursor,
      });
      seen.push(...page.items.map((m) => m.text ?? ''));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(15);
    expect(new Set(seen).size).toBe(15);
  });
});
