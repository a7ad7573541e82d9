import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dialect, eachDatabase, pngOf } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStorage, type Storage } from '../attachments/storage/storage.ts';
import { mp4 } from '../attachments/test/movies.ts';
import { createWorld, type World } from '../test/world.ts';

eachDatabase('searching for files', (dialect: Dialect) => {
  let folder: string;
  let storage: Storage;
  let world: World;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'koreromai-search-'));
    storage = await openStorage(`file:${folder}`);
    world = await createWorld(dialect, { storage });
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test('C6: pictures, films, files and links that were really sent are found by what they are, and only where they are seen', async () => {
    const [ana, ben, late] = await world.people('ana', 'ben', 'late');
    const { id: conversationId } = await world.group(ana, [ben, await world.person('cat')]);
    const keep = async (bytes: Buffer, name: string) => {
      const path = join(folder, 'raw');
      writeFileSync(path, bytes);
      return (await world.services.media.keep({ path, name, uploaderId: ana.id })).id;
    };
    const post = (text: string, ...attachmentIds: string[]) => ana.api.messages.post({ conversationId, text, attachmentIds });
    const png = () => keep(pngOf(20, 10, 10), 'kiwi.png');
    await post('hui picture', await png());
    await post('hui film', await keep(mp4(), 'kiwi.mp4'));
    await post('hui both', await png(), await keep(mp4(), 'two.mp4'));
    await post('hui link https://example.nz');
    await post('hui plain');
    const taken = await post('hui taken back', await png());
    await ana.api.messages.delete({ messageId: taken.message.id });
    const hidden = await post('hui hidden', await png());
    await ben.api.messages.delete({ messageId: hidden.message.id, for: 'me' });
    await ana.api.members.add({ conversationId, person: late.id });
    await post('hui for all', await png());
    await world.services.caughtUp();

    type Has = 'attachment' | 'image' | 'video' | 'link';
    const found = async (who: typeof ana, has: Has) => (await who.api.search.messages({ q: 'hui', has })).items.map((m) => m.text);
    expect(await found(ben, 'image')).toEqual(['hui for all', 'hui both', 'hui picture']);
    expect(await found(ben, 'video')).toEqual(['hui both', 'hui film']);
    expect(await found(ben, 'attachment')).toEqual(['hui for all', 'hui both', 'hui film', 'hui picture']);
    expect(await found(ben, 'link')).toEqual(['hui link https://example.nz']);
    expect(await found(ana, 'image')).toEqual(['hui for all', 'hui hidden', 'hui both', 'hui picture']);
    expect(await found(late, 'attachment'), 'nothing from before they came').toEqual(['hui for all']);

    await post('', await png());
    await world.services.caughtUp();
    const all = async (who: typeof ana, has: Has) => (await who.api.search.messages({ in: conversationId, has })).items.map((m) => m.text);
    expect(await all(ben, 'image'), 'without words, and a picture without them').toEqual(['', 'hui for all', 'hui both', 'hui picture']);
    expect(await all(late, 'image')).toEqual(['', 'hui for all']);
    expect((await ben.api.search.messages({ from: ana.id, limit: 1 })).items.map((m) => m.text)).toEqual(['']);
    expect(world.faults).toEqual([]);
  });
});
