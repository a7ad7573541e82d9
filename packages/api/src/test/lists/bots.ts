import type { Fixtures } from './scene.ts';

/** Bots and their tokens. */
export const botsLists: Fixtures = {
  'bots.list': async ({ world }) => {
    const who = await world.person(`keeper-${world.clock.now++}`);
    const make = () => who.api.bots.create({ name: `Karere ${world.clock.now++}` });
    for (let i = 0; i < 5; i++) await make();
    return { list: (input) => who.api.bots.list(input as never), key: (b: { id: string }) => b.id, write: make, size: 5 };
  },
  'bots.tokens': async ({ world }) => {
    const who = await world.person(`keeper-${world.clock.now++}`);
    const { id: botId } = await who.api.bots.create({ name: 'Karere' });
    const make = () => who.api.bots.createToken({ botId, name: `Token ${world.clock.now++}`, scopes: ['read'] });
    for (let i = 0; i < 5; i++) await make();
    return {
      list: (input) => who.api.bots.tokens({ botId, ...input } as never),
      key: (t: { id: string }) => t.id,
      write: make,
      size: 5,
    };
  },
};
