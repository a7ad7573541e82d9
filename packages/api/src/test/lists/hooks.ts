import type { Fixtures } from './scene.ts';

/** Webhooks, both ways. */
export const hooksLists: Fixtures = {
  'hooks.list': async ({ world }) => {
    const who = await world.person(`keeper-${world.clock.now++}`);
    const { id: conversationId } = await who.api.rooms.create({ name: `Builds ${world.clock.now++}` });
    const make = () => who.api.hooks.create({ conversationId, name: `Hook ${world.clock.now++}` });
    for (let i = 0; i < 5; i++) await make();
    return {
      list: (input) => who.api.hooks.list({ conversationId, ...input } as never),
      key: (h: { id: string }) => h.id,
      write: make,
      size: 5,
    };
  },
};
