import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dialect, eachDatabase, pngOf } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStorage } from '../../attachments/storage/storage.ts';
import { createWorld, type Person, type World } from '../../test/world.ts';
import { filesOf } from './files.ts';

eachDatabase('the files of an export', (dialect: Dialect) => {
  let folder: string;
  let world: World;
  let [ana, ben]: Person[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'koreromai-export-'));
    world = await createWorld(dialect, { storage: await openStorage(`file:${folder}`) });
    [ana, ben] = await world.people('ana', 'ben');
  });
  afterAll(async () => {
    const { faults } = world;
    await world[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
    expect(faults).toEqual([]);
  });

  test('U8: what a zip has no room for is named, and what is not one’s to see is neither given nor named', async () => {
    const [a, b] = [ana, ben] as [Person, Person];
    const path = join(folder, 'raw');
    const keep = async (who: Person) => {
      writeFileSync(path, pngOf(20, 10, 10));
      return world.services.media.keep({ path, name: 'kiwi.png', uploaderId: who.id });
    };
    const [first, second, foreign, purged] = [await keep(a), await keep(a), await keep(b), await keep(a)];
    await world.services.storage.remove(purged.id);
    const ids = [purged.id, foreign.id, first.id, second.id];
    const given = async (room: { files: number; bytes: number }) => {
      const leftOut: string[] = [];
      const names: string[] = [];
      for await (const { name } of filesOf(world.services, a.id, ids, room, leftOut)) names.push(name.slice(6, -4));
      return { names, leftOut };
    };
    const [one, two] = [first.id, second.id];
    expect(await given({ files: 9, bytes: 1_000_000 })).toEqual({ names: [one, two], leftOut: [] });
    expect(await given({ files: 1, bytes: 1_000_000 })).toEqual({ names: [one], leftOut: [two] });
    expect(await given({ files: 9, bytes: first.size + second.size - 1 })).toEqual({ names: [one], leftOut: [two] });
  });
});
