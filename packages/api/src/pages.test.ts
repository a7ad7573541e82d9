import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './root.ts';
import { createCast } from './test/cast.ts';
import { verdict } from './test/refused.ts';
import type { Person, World } from './test/world.ts';

interface Listed {
  items: unknown[];
  nextCursor: string | null;
}
type List = (input: { cursor?: unknown; limit?: unknown }) => Promise<Listed>;
interface Cast {
  readonly world: World;
  readonly mia: Person;
  readonly tama: Person;
  readonly rangi: Person;
}
/** Fills a list with at least three pages of two, gives the list, and a way to write to it meanwhile. */
interface Filled {
  readonly list: List;
  readonly key: (item: never) => string;
  readonly write: () => Promise<unknown>;
  readonly size: number;
}

/** Every list of the router, by its path; one without an entry fails the suite. */
const fixtures: Record<string, (cast: Cast) => Promise<Filled>> = {
  'analytics.daily': async ({ world, mia, tama }) => {
    const { id: conversationId } = await world.direct(mia, tama);
    const began = world.clock.now;
    const post = () => mia.api.messages.post({ conversationId, text: 'kia ora' });
    await post();
    for (let i = 1; i < 5; i++) {
      world.clock.now += 86_400_000;
      await post();
    }
    const to = new Date(world.clock.now + 1).toISOString();
    const from = new Date(began).toISOString();
    return {
      list: (input) => mia.api.analytics.daily({ from, to, ...input } as never),
      key: (d: { day: string }) => d.day,
      write: post,
      size: 5,
    };
  },
  'analytics.topConversations': async ({ world, mia, tama, rangi }) => {
    for (let i = 0; i < 5; i++) {
      const { id: conversationId } = await world.group(mia, [tama, rangi], `Counted ${i}`);
      for (let n = 0; n < 4 - (i % 3); n++) await mia.api.messages.post({ conversationId, text: 'kia ora' });
    }
    world.clock.now += 1;
    const least = (await mia.api.analytics.topConversations({ limit: 100 })).items.at(-1)?.conversation.id ?? '';
    const write = async () => {
      world.clock.now += 1; // what the first page counted is over
      for (let n = 0; n < 9; n++) await mia.api.messages.post({ conversationId: least, text: 'and more' });
    };
    return {
      list: (input) => mia.api.analytics.topConversations({ limit: 50, ...input } as never),
      key: (c: { conversation: { id: string } }) => c.conversation.id,
      write,
      size: 5,
    };
  },
  'analytics.topUsers': async ({ world, mia, tama, rangi }) => {
    const more = await world.people('five', 'six');
    const everyone = [mia, tama, rangi, ...more];
    const { id: conversationId } = await world.group(mia, everyone.slice(1));
    for (const [i, { api }] of everyone.entries())
      for (let n = 0; n < 3 - (i % 2); n++) await api.messages.post({ conversationId, text: 'kia ora' });
    const write = async () => {
      world.clock.now += 1;
      for (let n = 0; n < 9; n++) await more[1].api.messages.post({ conversationId, text: 'and more' });
    };
    return {
      list: (input) => mia.api.analytics.topUsers({ conversationId, ...input } as never),
      key: (u: { user: { id: string } }) => u.user.id,
      write,
      size: 5,
    };
  },
  'admin.audit': async ({ mia }) => {
    let n = 0;
    const write = () => mia.api.admin.updateSettings({ editWindow: ++n * 1_000 }); // mia was the first here, so she is the admin
    for (let i = 0; i < 5; i++) await write();
    return { list: (input) => mia.api.admin.audit(input as never), key: (a: { id: string }) => a.id, write, size: 5 };
  },
  'admin.users': async ({ world, mia }) => {
    let n = 0;
    const write = () => world.person(`listed-person${n++}`);
    for (let i = 0; i < 4; i++) await write();
    return { list: (input) => mia.api.admin.users(input as never), key: (u: { id: string }) => u.id, write, size: 7 };
  },
  'auth.sessions': async ({ world, mia }) => {
    const signIn = () => world.anonymous.auth.signIn({ email: mia.email, password: 'correct horse mia' });
    for (let i = 0; i < 4; i++) await signIn();
    return { list: (input) => mia.api.auth.sessions(input as never), key: (s: { id: string }) => s.id, write: signIn, size: 5 };
  },
  'conversations.list': async ({ world, mia, tama, rangi }) => {
    for (let i = 0; i < 5; i++) await world.group(mia, [tama, rangi], `Group ${i}`);
    return {
      list: (input) => mia.api.conversations.list(input as never),
      key: (c: { id: string }) => c.id,
      write: () => world.group(mia, [tama, rangi]),
      size: 5,
    };
  },
  'invitations.list': async ({ mia, tama }) => {
    let n = 0;
    const emails = Array.from({ length: 5 }, () => `listed${n++}@example.org`);
    const made = await mia.api.conversations.create({ kind: 'group', people: [tama.id, ...emails] });
    const conversationId = made.status === 'created' ? made.conversation.id : '';
    return {
      list: (input) => mia.api.invitations.list({ conversationId, ...input } as never),
      key: (i: { id: string }) => i.id,
      write: () => mia.api.members.add({ conversationId, person: `listed${n++}@example.org` }),
      size: 5,
    };
  },
  'members.list': async ({ world, mia, tama, rangi }) => {
    const more = await world.people('one', 'two', 'three', 'four');
    const { id } = await world.group(mia, [tama, rangi, ...more.slice(0, 3)]);
    return {
      list: (input) => tama.api.members.list({ conversationId: id, ...input } as never),
      key: (m: { user: { id: string } }) => m.user.id,
      write: () => mia.api.members.add({ conversationId: id, person: more[3].id }),
      size: 6,
    };
  },
  'messages.list': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const post = () => tama.api.messages.post({ conversationId: id, text: 'kia ora' });
    for (let i = 0; i < 5; i++) await post();
    return {
      list: (input) => mia.api.messages.list({ conversationId: id, ...input } as never),
      key: (m: { id: string }) => m.id,
      write: post,
      size: 5,
    };
  },
  'search.messages': async ({ world, mia, tama, rangi }) => {
    const [{ id }, other] = [await world.direct(mia, tama), await world.direct(mia, rangi)];
    const chats = [() => tama.api.messages.post({ conversationId: id, text: 'pīwakawaka' })];
    chats.push(() => rangi.api.messages.post({ conversationId: other.id, text: 'He pīwakawaka' }));
    let n = 0;
    const post = async () => {
      await chats[n++ % 2]?.(); // in one millisecond, in two chats
      await world.services.caughtUp();
    };
    for (let i = 0; i < 5; i++) await post();
    return {
      list: (input) => mia.api.search.messages({ q: 'piwakawaka', ...input } as never),
      key: (m: { id: string }) => m.id,
      write: post,
      size: 5,
    };
  },
  'users.list': async ({ world, mia }) => {
    const more = (n: number) =>
      world.anonymous.users.create({ email: `paged${n}@example.nz`, password: 'correct horse', name: `Paged ${n}` });
    for (let i = 0; i < 5; i++) await more(i);
    let n = 5;
    return {
      list: (input) => mia.api.users.list({ query: 'paged', ...input } as never),
      key: (u: { id: string }) => u.id,
      write: () => more(n++),
      size: 5,
    };
  },
};

/** Paths of all queries whose answer is a page, read off the router itself. */
function listsOf(procedures: Record<string, unknown>): string[] {
  return Object.entries(procedures).flatMap(([path, procedure]) => {
    const { type, output } = (procedure as { _def: { type: string; output?: unknown } })._def;
    const paged = output instanceof z.ZodObject && 'items' in output.shape && 'nextCursor' in output.shape;
    return type === 'query' && paged ? [path] : [];
  });
}
const lists = listsOf(appRouter._def.procedures);

describe('the lists of the router', () => {
  test('each has an entry here, and each entry is a list', () => expect(Object.keys(fixtures).sort()).toEqual(lists.toSorted()));
});

eachDatabase('paging', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi']);
  const foreign: string[] = [];

  async function walk(filled: Filled, limit: number, between?: () => Promise<unknown>) {
    const keys: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await filled.list({ limit, ...(cursor ? { cursor } : {}) });
      keys.push(...page.items.map((item) => filled.key(item as never)));
      sizes.push(page.items.length);
      cursor = page.nextCursor;
      await between?.();
    } while (cursor !== null && sizes.length < 50);
    return { keys, sizes };
  }

  test.each(lists)(
    '%s: pages of two without repeat or gap; bad limits and cursors are refused; stable while others write',
    async (path) => {
      const filled = await fixtures[path]?.(cast);
      if (!filled) throw new Error(`${path} has no entry in this suite: add one.`);
      const whole = (await filled.list({})).items.map((item) => filled.key(item as never));
      expect(whole.length).toBeGreaterThanOrEqual(filled.size);
      const { keys, sizes } = await walk(filled, 2);
      expect(keys).toEqual(whole);
      expect(sizes.slice(0, -1).every((n) => n === 2)).toBe(true);
      expect((await walk(filled, 1)).keys).toEqual(whole);
      expect((await filled.list({ limit: whole.length })).nextCursor).toBeNull();
      expect(await verdict(filled.list({ limit: limits.page.max }))).toBe('done');

      for (const limit of [0, -1, 101, 1.5, '2', Number.NaN])
        expect(await verdict(filled.list({ limit })), String(limit)).toBe('BAD_INPUT');
      const { nextCursor } = await filled.list({ limit: 2 });
      if (nextCursor === null) throw new Error('There is a second page.');
      const edited = nextCursor.slice(0, -2) + (nextCursor.at(-2) === 'A' ? 'B' : 'A') + nextCursor.slice(-1);
      for (const cursor of [edited, `${nextCursor}A`, 'nonsense', ...foreign])
        expect(await verdict(filled.list({ cursor })), cursor).toBe('CURSOR_INVALID');
      foreign.push(nextCursor);

      let writes = 0;
      const meanwhile = await walk(filled, 2, async () => (writes++ < 2 ? filled.write() : null));
      expect(new Set(meanwhile.keys).size).toBe(meanwhile.keys.length);
      expect(meanwhile.keys.filter((k) => whole.includes(k))).toEqual(whole);
    },
  );

  test('a cursor serves its own reader, its own chat and its own order only', async () => {
    const { id } = await cast.world.direct(cast.mia, cast.rangi);
    for (let i = 0; i < 3; i++) await cast.mia.api.messages.post({ conversationId: id, text: `${i}` });
    const other = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const cursor = (await cast.mia.api.messages.list({ conversationId: id, limit: 1 })).nextCursor;
    expect(await verdict(cast.mia.api.messages.list({ conversationId: id, cursor, order: 'asc' }))).toBe('CURSOR_INVALID');
    expect(await verdict(cast.mia.api.messages.list({ conversationId: other.id, cursor }))).toBe('CURSOR_INVALID');
    await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const mine = (await cast.mia.api.conversations.list({ limit: 1 })).nextCursor;
    expect(await verdict(cast.tama.api.conversations.list({ limit: 1, cursor: mine }))).toBe('CURSOR_INVALID');
  });
});
