import type { Fixtures } from './scene.ts';

export const analyticsLists: Fixtures = {
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
};
