import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@koreromai/contract';
import { bytesOf, newId, storageUsed, storeId } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { type Dialect, eachDatabase, eventually, pngOf } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anotherProcess } from '../test/process.ts';
import { tally, verdict } from '../test/refused.ts';
import { createWorld, type Person, type World } from '../test/world.ts';
import { messagesOf } from '../users/export/messages.ts';
import { fileKept } from './changes.ts';
import { openAttachment, openAvatar } from './open.ts';
import { openStorage, type Storage } from './storage/storage.ts';

const day = 86_400_000;
/** Puts what somebody's files take to a figure. */
const usedUp = changeKind<{ owner: string; bytes: number }, void>()({
  name: 'test.used',
  alone: false,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide: ({ owner, bytes }, _facts, draft) => draft.insert('storage_use', { owner_id: bytesOf(owner), bytes }, { set: ['bytes'] }),
});

eachDatabase('files', (dialect: Dialect) => {
  let folder: string;
  let storage: Storage;
  let world: World;
  let [ana, ben, cat, out]: Person[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'koreromai-files-'));
    storage = await openStorage(`file:${folder}`);
    world = await createWorld(dialect, { storage });
    [ana, ben, cat, out] = await world.people('ana', 'ben', 'cat', 'out');
  });
  afterAll(async () => {
    const { faults } = world;
    await world[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
    expect(faults).toEqual([]);
  });
  const all = () => [ana, ben, cat, out] as [Person, Person, Person, Person];
  const path = () => {
    const file = join(folder, 'raw');
    writeFileSync(file, pngOf(20, 10, 10));
    return file;
  };
  const keep = (who: Person) => world.services.media.keep({ path: path(), name: 'kiwi.png', uploaderId: who.id });
  const sees = (who: Person, id: string, part: 'original' | 'thumbnail' = 'original') =>
    verdict(openAttachment(world.services.read, who.id, id, part));
  const keys = async () => (await Array.fromAsync(storage.keys())).toSorted();
  const used = async (owner: string) => Number((await storageUsed(world.services.read, [owner]))[0]?.bytes ?? 0);

  test('U9, H1: a file is its uploader’s alone until it is sent, and then everybody’s who sees the message', async () => {
    const [a, b, c, o] = all();
    const { id: conversationId } = await world.group(a, [b, c]);
    const { id } = await keep(a);
    expect(await Promise.all([a, b, o].map((who) => sees(who, id)))).toEqual(['done', 'NOT_FOUND', 'NOT_FOUND']);
    const { message } = await a.api.messages.post({ conversationId, text: '', attachmentIds: [id] });
    expect(message.attachments).toMatchObject([{ id, name: 'kiwi.png', type: 'image/png', width: 20, height: 10 }]);
    expect(await Promise.all([a, b, c, o].map((who) => sees(who, id, 'thumbnail')))).toEqual(['done', 'done', 'done', 'NOT_FOUND']);
    expect((await b.api.messages.list({ conversationId })).items[0]?.attachments).toEqual(message.attachments);
    await a.api.conversations.update({ conversationId, add: [o.email], remove: [c.id] });
    expect(await Promise.all([c, o].map((who) => sees(who, id))), 'one left, one came later').toEqual(['NOT_FOUND', 'NOT_FOUND']);
    await b.api.messages.delete({ messageId: message.id, for: 'me' });
    expect(await Promise.all([a, b].map((who) => sees(who, id))), 'hidden').toEqual(['done', 'NOT_FOUND']);
  });

  test('UI20: what a file shows is said by its uploader alone, until it is sent, and told to all who see the message', async () => {
    const [a, b] = all();
    const { id: conversationId } = await world.direct(a, b);
    const { id, description } = await keep(a);
    expect(description).toBeNull();
    const describe = (who: Person, attachmentId: string, words: string) =>
      verdict(who.api.attachments.describe({ attachmentId, description: words }));
    expect((await a.api.attachments.describe({ attachmentId: id, description: '  A kiwi\u0000 at night ' })).description).toBe(
      'A kiwi at night',
    );
    expect(await Promise.all([describe(b, id, 'mine'), describe(a, newId(), 'none')])).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await describe(a, id, 'x'.repeat(1_001))).toBe('BAD_INPUT');
    const other = await world.services.media.keep({ path: path(), name: 'tui.png', description: 'A tūī', uploaderId: a.id });
    const plain = await keep(a);
    await a.api.attachments.describe({ attachmentId: plain.id, description: 'Soon gone' });
    await a.api.attachments.describe({ attachmentId: plain.id, description: ' ' });
    const { message } = await a.api.messages.post({ conversationId, text: '', attachmentIds: [id, other.id, plain.id] });
    expect(await describe(a, id, 'Too late')).toBe('FILE_SENT');
    expect(await describe(b, id, 'mine'), 'not theirs, sent or not').toBe('NOT_FOUND');
    expect(message.attachments.map((file) => file.description)).toEqual(['A kiwi at night', 'A tūī', null]);
    const seen = (await b.api.messages.list({ conversationId })).items.find((each) => each.id === message.id);
    expect(seen?.attachments).toEqual(message.attachments);
    const exported = Buffer.concat(await Array.fromAsync(messagesOf(world.services.read, b.id, conversationId, []))).toString();
    expect(exported, 'U8').toContain('"description":"A kiwi at night"');
    await world.services.media.setAvatar({ path: path(), name: 'me.png', uploaderId: a.id });
    expect(await describe(a, (await openAvatar(world.services.read, a.id)).key, 'Me')).toBe('NOT_FOUND');
  });

  test('C5: nobody sends another’s file, a file twice, an avatar, or one that is not there', async () => {
    const [a, b] = all();
    const { id: conversationId } = await world.direct(a, b);
    const send = (who: Person, ...attachmentIds: string[]) => verdict(who.api.messages.post({ conversationId, text: 'x', attachmentIds }));
    const [mine, theirs] = [(await keep(a)).id, (await keep(b)).id];
    expect(await send(a, theirs)).toBe('NOT_FOUND');
    expect(await send(a, mine, theirs)).toBe('NOT_FOUND');
    expect(await send(a, newId())).toBe('NOT_FOUND');
    expect([await send(a, mine), await send(a, mine)]).toEqual(['done', 'NOT_FOUND']);
    await world.services.media.setAvatar({ path: path(), name: 'me.png', uploaderId: a.id });
    const avatar = await openAvatar(world.services.read, a.id);
    expect([await send(a, avatar.key), await sees(a, avatar.key)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await sees(b, theirs), 'untouched').toBe('done');
  });

  test('U9, G10: what is deleted for everyone is gone at once, its bytes with the next sweep, and its room is free again', async () => {
    const [a, b] = all();
    const { id: conversationId } = await world.direct(a, b);
    await world.services.sweep.now();
    const before = [await used(a.id), await used(storeId), await keys()];
    const { id, size } = await keep(a);
    expect(await used(a.id)).toBeGreaterThan((before[0] as number) + size);
    const { message } = await a.api.messages.post({ conversationId, text: '', attachmentIds: [id] });
    await a.api.messages.delete({ messageId: message.id });
    expect(await Promise.all([a, b].map((who) => sees(who, id)))).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    await storage.remove(id); // as if a sweep had been killed between the bytes and their row
    await world.services.sweep.now();
    await world.services.sweep.now();
    expect([await used(a.id), await used(storeId), await keys()]).toEqual(before);
    expect(limits.media.sweepEvery).toBeLessThan(60_000);
  });

  test('U9: what nobody sent within a day is swept, and so are bytes without a row; a younger file and a sent one stay', async () => {
    const [a, b] = all();
    const { id: conversationId } = await world.direct(a, b);
    const [old, sent] = [(await keep(a)).id, (await keep(a)).id];
    await a.api.messages.post({ conversationId, text: '', attachmentIds: [sent] });
    await world.services.media.setAvatar({ path: path(), name: 'me.png', uploaderId: b.id });
    const stray = newId(world.clock.now);
    await storage.put(stray, Buffer.from('killed before its row'));
    world.clock.now += day - 1;
    const young = (await keep(a)).id;
    await world.services.sweep.now();
    expect(await Promise.all([old, young].map((id) => sees(a, id)))).toEqual(['done', 'done']);
    expect(await keys()).toContain(stray);
    world.clock.now += 3_600_001;
    await world.services.sweep.now();
    expect(await Promise.all([old, young, sent].map((id) => sees(a, id)))).toEqual(['NOT_FOUND', 'done', 'done']);
    const left = await keys();
    expect([left.includes(stray), left.includes(old), left.includes(`${old}-t`), left.includes(sent)]).toEqual([false, false, false, true]);
    expect(await verdict(openAvatar(world.services.read, b.id))).toBe('done');
  });

  test('U8: many uploads at once take no byte more than a person or the server has', async () => {
    const [a, b] = all();
    const { size } = await keep(a);
    const one =
      (await used(a.id)) &&
      size +
        Number(
          (await world.services.read.selectFrom('attachment').select('thumbnail_size').where('size', '=', size).executeTakeFirstOrThrow())
            .thumbnail_size,
        );
    const set = (owner: string, bytes: number) => world.services.lane.change(usedUp, { owner, bytes });
    const before = await keys();
    const everyone = await used(storeId);
    await set(a.id, limits.media.userQuota - 3 * one);
    const verdicts = await Promise.all(Array.from({ length: 12 }, () => verdict(keep(a))));
    expect(tally(verdicts)).toEqual({ done: 3, QUOTA_EXCEEDED: 9 });
    expect(await used(a.id)).toBe(limits.media.userQuota);
    expect(await verdict(world.services.media.mayUpload(a.id)), 'before the bytes come').toBe('QUOTA_EXCEEDED');
    expect((await keys()).length - before.length, 'bytes of the refused are gone').toBe(6);
    await set(storeId, limits.media.serverQuota - 2 * one);
    expect(tally(await Promise.all(Array.from({ length: 5 }, () => verdict(keep(b)))))).toEqual({ done: 2, STORAGE_FULL: 3 });
    expect(await verdict(world.services.media.mayUpload(b.id))).toBe('STORAGE_FULL');
    await set(storeId, everyone);
    await set(a.id, 0);
    // Straight to the lane, and from a second process: as if every upload were drawn at the same moment.
    await set(a.id, limits.media.userQuota - 5 * one);
    await using other = await anotherProcess(world, { storage });
    const row = () => ({
      id: newId(),
      uploaderId: a.id,
      name: 'kiwi.png',
      type: 'image/png',
      size: one,
      width: 1,
      height: 1,
      description: null,
      thumbnail: null,
    });
    const lanes = [world.services.lane, other.services.lane];
    const many = Array.from({ length: 20 }, (_, i) =>
      verdict(lanes[i % 2]?.change(fileKept, row()) ?? Promise.reject(new Error('no lane'))),
    );
    expect(tally(await Promise.all(many))).toEqual({ done: 5, QUOTA_EXCEEDED: 15 });
    expect(await used(a.id)).toBe(limits.media.userQuota);
    await set(a.id, 0);
    process.stdout.write(`U8 [${dialect}]: 37 uploads at once, 10 fitted\n`);
  });

  test('an avatar is everybody’s who is signed in, tells of itself, and leaves nothing of the one before', async () => {
    const [a, b, c] = all();
    const { id: conversationId } = await world.group(a, [b, c]);
    const shown = async () => (await b.api.members.list({ conversationId })).items.find((m) => m.user.id === a.id)?.user.avatarUrl;
    await world.services.media.removeAvatar(a.id);
    expect(await shown()).toBeNull();
    const feed = world.subscribe(b, null);
    await world.services.media.setAvatar({ path: path(), name: 'me.png', uploaderId: a.id });
    const first = await openAvatar(world.services.read, a.id);
    const url = await shown();
    expect(url).toMatch(new RegExp(`^/api/v1/users/${a.id}/avatar\\?v=[0-9a-f]{8}$`));
    await eventually('the others are told', () =>
      feed.frames.some(({ frame }) => frame.type === 'member.changed' && JSON.stringify(frame).includes(url ?? 'never')),
    );
    await feed.stop();
    await world.services.media.setAvatar({ path: path(), name: 'me.png', uploaderId: a.id });
    expect(await shown()).not.toBe(url);
    await world.services.sweep.now();
    expect(await keys()).not.toContain(first.key);
    await world.services.media.removeAvatar(a.id);
    await world.services.media.removeAvatar(a.id);
    expect([await shown(), await verdict(openAvatar(world.services.read, a.id))]).toEqual([null, 'NOT_FOUND']);
  });
});
