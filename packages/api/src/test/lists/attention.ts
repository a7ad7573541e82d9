import type { Fixtures } from './scene.ts';

/** What asks for somebody's attention: mentions, pins. */
export const attentionLists: Fixtures = {
  'messages.mentions': async ({ world, mia, tama, rangi }) => {
    const { id } = await world.group(mia, [tama, rangi]);
    const { username } = await mia.api.users.me();
    const name = () => tama.api.messages.post({ conversationId: id, text: `@${username} kia ora` });
    for (let i = 0; i < 5; i++) await name();
    return { list: (input) => mia.api.messages.mentions(input as never), key: (m: { id: string }) => m.id, write: name, size: 5 };
  },
  'pins.list': async ({ world, mia, tama, rangi }) => {
    const { id: conversationId } = await world.group(mia, [tama, rangi]);
    const pin = async () => {
      const { message } = await tama.api.messages.post({ conversationId, text: 'kia ora' });
      await tama.api.pins.add({ messageId: message.id });
    };
    for (let i = 0; i < 5; i++) await pin();
    return {
      list: (input) => mia.api.pins.list({ conversationId, ...input } as never),
      key: (p: { message: { id: string } }) => p.message.id,
      write: pin,
      size: 5,
    };
  },
};
