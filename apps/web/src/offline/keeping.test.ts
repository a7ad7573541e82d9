import 'fake-indexeddb/auto';
import type { KeptEntry, KeptHead, Turn } from '@koreromai/client';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { group, me, message, timeline } from '../test/cast.ts';
import { openDatabase } from './database.ts';
import { createKeeping } from './keeping.ts';
import { turnOf } from './turn.ts';

const head = (parts: Partial<KeptHead> = {}): KeptHead => ({
  ...{ version: 1, me, sessionId: 's', userSeq: 1, cursor: 'one', moreConversations: null, drafts: {} },
  ...{ continues: true, unsure: [], reads: {}, wishes: [] },
  ...parts,
});
const chat = (id: string, words = 'Kia ora') => ({
  id,
  conversation: group({ id }),
  timeline: timeline([message({ seq: 1, conversationId: id, text: words })]),
});
const entry = (id: string, userId = me.id): KeptEntry => ({
  userId,
  entry: { id, conversationId: 'group', text: id, createdAt: '2026-11-21T00:00:00.000Z', status: 'queued' },
});
const sentAtOnce = () => Object.entries({ ...localStorage }).filter(([place]) => place.startsWith('koreromai.sent.'));
const quiet = () => {
  throw new Error('no trouble is expected');
};

beforeEach(async () => {
  const kept = createKeeping(quiet);
  await Promise.all([kept.shelf.clear(), kept.outbox.clear(), kept.drafts.clear()]);
});

describe('what is held', () => {
  test('comes back as it was, the place in the log with the state it belongs to', async () => {
    const { shelf } = createKeeping(quiet, 'tab');
    expect(await shelf.load()).toEqual({ head: undefined, chats: [] });
    expect(await shelf.put({ whole: true, head: head(), chats: [chat('a'), chat('b')], gone: [] })).toBe(true);
    expect(await shelf.put({ whole: false, head: head({ cursor: 'two' }), chats: [chat('b', 'new')], gone: ['a'] })).toBe(true);
    expect(await createKeeping(quiet).shelf.load()).toEqual({ head: head({ cursor: 'two' }), chats: [chat('b', 'new')] });
  });

  test('a write that fails half-way leaves the state and its place as they were', async () => {
    const { shelf } = createKeeping(() => undefined, 'tab');
    await shelf.put({ whole: true, head: head(), chats: [chat('a')], gone: [] });
    const uncloneable = { ...chat('b'), conversation: { ...group({ id: 'b' }), name: (() => '') as unknown as string } };
    await expect(
      shelf.put({ whole: false, head: head({ cursor: 'two' }), chats: [chat('a', 'new'), uncloneable], gone: [] }),
    ).rejects.toThrow();
    expect(await shelf.load()).toEqual({ head: head(), chats: [chat('a')] });
  });

  test('two tabs without turns do not mix their states: who was overwritten begins with everything', async () => {
    const [one, two] = [createKeeping(quiet, 'one').shelf, createKeeping(quiet, 'two').shelf];
    await one.put({ whole: true, head: head({ cursor: 'of one' }), chats: [chat('a', 'of one')], gone: [] });
    await two.put({ whole: true, head: head({ cursor: 'of two' }), chats: [chat('b', 'of two')], gone: [] });
    await expect(one.put({ whole: false, head: head({ cursor: 'late' }), chats: [chat('a', 'late')], gone: [] })).rejects.toThrow(
      'Another tab',
    );
    expect(await one.load()).toEqual({ head: head({ cursor: 'of two' }), chats: [chat('b', 'of two')] });
  });

  test('what another tab cleared by signing out is not written again, until somebody signs in here', async () => {
    const [one, two] = [createKeeping(quiet, 'one').shelf, createKeeping(quiet, 'two').shelf];
    await one.put({ whole: true, head: head(), chats: [chat('a')], gone: [] });
    await two.clear();
    expect(await one.put({ whole: false, head: head(), chats: [chat('a')], gone: [] })).toBe(false);
    expect(await one.put({ whole: true, head: head(), chats: [chat('a')], gone: [] })).toBe(false);
    expect(await one.load()).toEqual({ head: undefined, chats: [] });
    await one.clear();
    expect(await one.put({ whole: true, head: head(), chats: [], gone: [] })).toBe(true);
  });
});

describe('the outbox and the drafts', () => {
  test('are kept one by one, and other tabs hear of every change', async () => {
    const [one, two] = [createKeeping(quiet).outbox, createKeeping(quiet).outbox];
    const heard = vi.fn();
    const end = two.watch?.(heard);
    await one.put([entry('a'), entry('b')], []);
    await one.put([], ['a']);
    expect(await two.load()).toEqual([{ ...entry('b'), id: 'b' }]);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), 15_000);
    end?.();
    await one.clear();
    expect(await two.load()).toEqual([]);
  });

  test('UI10: a message sent as the page is closed is in the outbox after it, and nobody has to send it again', async () => {
    const { outbox } = createKeeping(quiet);
    const put = outbox.put([entry('a'), entry('b')], []);
    const atClose = sentAtOnce();
    await put;
    expect(atClose.map(([place]) => place).toSorted()).toEqual(['koreromai.sent.a', 'koreromai.sent.b']);
    expect(sentAtOnce(), 'the database has them').toEqual([]);
    await outbox.put([{ ...entry('b'), entry: { ...entry('b').entry, text: 'newer' } }], ['a']);
    for (const [place, value] of [...atClose, ['koreromai.sent.c', '{"entry":7}']]) localStorage.setItem(place ?? '', value ?? '');
    const texts = async () => ((await createKeeping(quiet).outbox.load()) as KeptEntry[]).map((one) => one.entry.text).toSorted();
    expect(await texts(), 'the close came before the database').toEqual(['a', 'newer']);
    localStorage.clear();
    expect(await texts(), 'and now it is there').toEqual(['a', 'newer']);
    for (const [place, value] of atClose) localStorage.setItem(place, value);
    await outbox.put([], ['a', 'b']);
    expect([await texts(), sentAtOnce()], 'sent').toEqual([[], []]);
    for (const [place, value] of atClose) localStorage.setItem(place, value);
    await outbox.clear();
    expect([await texts(), sentAtOnce()], 'signed out').toEqual([[], []]);
  });

  test('UI10: a draft is its author’s; who signs in next does away with it', async () => {
    const { drafts } = createKeeping(quiet);
    await drafts.put(me.id, 'a', 'half a thought');
    await drafts.put(me.id, 'b', 'another');
    await drafts.put(me.id, 'b', '');
    expect(await drafts.load(me.id), 'to be told').toEqual({ a: 'half a thought', b: '' });
    await drafts.drop('somebody', 'b');
    expect(await drafts.load(me.id)).toHaveProperty('b');
    await drafts.drop(me.id, 'b');
    expect(await drafts.load(me.id)).toEqual({ a: 'half a thought' });
    expect(await drafts.load('somebody')).toEqual({});
    expect(await drafts.load(me.id)).toEqual({});
  });

  test('words typed as the page is reloaded are there after it, for who typed them', async () => {
    const { drafts } = createKeeping(quiet);
    await drafts.put(me.id, 'a', 'half');
    const typed = drafts.put(me.id, 'a', 'half a thought');
    const atReload = localStorage.getItem('koreromai.typed') ?? '';
    await typed;
    expect(localStorage.getItem('koreromai.typed')).toBeNull();
    await drafts.put(me.id, 'a', 'half');
    localStorage.setItem('koreromai.typed', atReload); // the reload came before the database
    expect(await createKeeping(quiet).drafts.load(me.id)).toEqual({ a: 'half a thought' });
    expect(await drafts.load('somebody')).toEqual({});
    expect(localStorage.getItem('koreromai.typed')).toBeNull();
  });
});

describe('trouble', () => {
  test('no database at all is told once, and every call rejects', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('forbidden', 'SecurityError');
    });
    const trouble = vi.fn();
    const { shelf, outbox, drafts } = createKeeping(trouble);
    await expect(shelf.load()).rejects.toThrow();
    await expect(outbox.put([entry('a')], [])).rejects.toThrow();
    await expect(drafts.load(me.id)).rejects.toThrow();
    expect(trouble.mock.calls).toEqual([['none']]);
    open.mockRestore();
  });

  test('a full device is told of as such', async () => {
    const trouble = vi.fn();
    const { outbox } = createKeeping(trouble);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(outbox.put([entry('a')], [])).rejects.toThrow();
    put.mockRestore();
    expect(trouble.mock.calls).toEqual([['full']]);
    await outbox.put([entry('a')], []);
    expect(await outbox.load()).toHaveLength(1);
  });

  test('a tab with a newer page may change the stores, and this one does not stand in its way', async () => {
    const gone = vi.fn();
    await openDatabase(gone);
    const newer = await openDB('koreromai', 2);
    expect(gone).toHaveBeenCalledTimes(1);
    newer.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase('koreromai').onsuccess = resolve;
    });
  });
});

/** The browser's locks, as far as turns need them. */
function fakeLocks() {
  type Waiting = { held: () => Promise<void>; reject: (error: Error) => void };
  let holder: Waiting | null = null;
  const waiting: Waiting[] = [];
  const next = () => {
    holder = waiting.shift() ?? null;
    const mine = holder;
    void mine?.held().then(() => {
      if (holder === mine) next();
    });
  };
  return {
    request(_name: string, { steal, signal }: LockOptions, held: () => Promise<void>) {
      return new Promise<void>((_, reject) => {
        const mine = { held, reject };
        signal?.addEventListener('abort', () => {
          if (waiting.includes(mine)) waiting.splice(waiting.indexOf(mine), 1);
          reject(new Error('aborted'));
        });
        if (steal) {
          holder?.reject(new Error('stolen'));
          holder = null;
          waiting.unshift(mine);
        } else waiting.push(mine);
        if (!holder) next();
      });
    },
  } as unknown as LockManager;
}

describe('turns', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const watch = (turn: Turn | undefined) => {
    const told: boolean[] = [];
    return { told, leave: turn?.wait((mine) => told.push(mine)), take: () => turn?.take() };
  };

  test('one tab has it; it goes to the next when that leaves, and to whoever takes it', async () => {
    const locks = fakeLocks();
    const [one, two] = [watch(turnOf('outbox', locks)), watch(turnOf('outbox', locks))];
    await settled();
    expect([one.told, two.told]).toEqual([[true], []]);
    two.take();
    await settled();
    expect([one.told, two.told]).toEqual([[true, false], [true]]);
    two.leave?.();
    await settled();
    expect([one.told, two.told]).toEqual([[true, false, true], [true]]);
    one.leave?.();
    one.take();
    await settled();
    expect(one.told).toEqual([true, false, true]);
  });

  test('without the browser’s locks there are no turns', () => {
    expect(turnOf('outbox', undefined)).toBeUndefined();
  });
});
