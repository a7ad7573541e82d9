import type { Fixtures } from './scene.ts';

/** What asks for somebody's attention: mentions, pins. */
export const attentionLists: Fixtures = {
  'messages.mentions': async ({ world, mia, tama }) => {
    const { id } = await world.direct(mia, tama);
    const { username } = await mia.api.users.me();
    const name = () => tama.api.messages.post({ conversationId: id, text: `@${username} kia ora` });
    for (let i = 0; i < 5; i++) await name();
    return { list: (input) => mia.api.messages.mentions(input as never), key: (m: { id: string }) => m.id, write: name, size: 5 };
  },
};
