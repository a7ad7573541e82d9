import type { Message } from '@koreromai/contract';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('search', (dialect: Dialect) => {
  const cast = createCast(dialect, ['mia', 'tama', 'rangi', 'stranger']);
  let told = 0;
  const search = async (who: 'mia' | 'tama' | 'rangi' | 'stranger', q: string, more: object = {}) => {
    await cast.world.services.caughtUp();
    return (await cast[who].api.search.messages({ q, ...more })).items.map((m) => m.text);
  };
  /** A chat of its own for each test, with these messages a second apart. */
  async function chat(...texts: string[]) {
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi], `Chat ${told++}`);
    const said: Message[] = [];
    for (const text of texts) {
      cast.world.clock.now += 1_000;
      said.push((await cast.tama.api.messages.post({ conversationId: id, text })).message);
    }
    return { id, said };
  }

  test('"korero" finds "kōrero", newest first; strangers find nothing', async () => {
    const { id } = await chat('Kōrero mai', 'nothing', 'KORERO!', 'te kōrerorero');
    expect(await search('mia', 'korero', { in: id })).toEqual(['te kōrerorero', 'KORERO!', 'Kōrero mai']);
    expect(await search('mia', 'kōrero mai', { in: id })).toEqual(['Kōrero mai']);
    expect(await search('mia', '"korero"', { in: id })).toEqual(['KORERO!', 'Kōrero mai']);
    expect(await search('stranger', 'korero')).toEqual([]);
    expect(await verdict(search('stranger', 'korero', { in: id }))).toBe('NOT_FOUND');
  });
});
