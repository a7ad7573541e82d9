import type { Message } from '@koreromai/contract';
import type { Draft } from '@koreromai/realtime';
import type { Person, World } from '../../test/world.ts';
import { silently } from './silently.ts';

export const talkers = ['mia', 'tama', 'rangi', 'stranger'] as const;
type Name = (typeof talkers)[number];

/** What the tests of search say and ask: the index has caught up before each question. */
export function createTalk(cast: { readonly world: World } & Readonly<Record<Name, Person>>) {
  const page = async (who: Name, q: string, more: object = {}) => {
    await cast.world.services.caughtUp();
    return cast[who].api.search.messages({ q, ...more });
  };
  const search = async (who: Name, q: string, more: object = {}) => (await page(who, q, more)).items.map((m) => m.text);
  const silent = (write: (draft: Draft) => void) => cast.world.services.lane.change(silently, write);

  /** A chat of its own for each test, with these messages a second apart. */
  async function chat(...texts: string[]) {
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.rangi]);
    const said: Message[] = [];
    for (const text of texts) {
      cast.world.clock.now += 1_000;
      said.push((await cast.tama.api.messages.post({ conversationId: id, text })).message);
    }
    return { id, said };
  }

  return { page, search, silent, chat };
}
