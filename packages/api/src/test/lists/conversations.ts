import type { Fixtures } from './scene.ts';

export const conversationsLists: Fixtures = {
  'conversations.list': async ({ world, mia, tama, rangi }) => {
    for (let i = 0; i < 5; i++) await world.group(mia, [tama, rangi], `Group ${i}`);
    return {
      list: (input) => mia.api.conversations.list(input as never),
      key: (c: { id: string }) => c.id,
      write: () => world.group(mia, [tama, rangi]),
      size: 5,
    };
  },
  'invitations.list': async ({ mia, tama }) => {
    let n = 0;
    const emails = Array.from({ length: 5 }, () => `listed${n++}@example.org`);
    const made = await mia.api.conversations.create({ kind: 'group', people: [tama.id, ...emails] });
    const conversationId = made.status === 'created' ? made.conversation.id : '';
    return {
      list: (input) => mia.api.invitations.list({ conversationId, ...input } as never),
      key: (i: { id: string }) => i.id,
      write: () => mia.api.members.add({ conversationId, person: `listed${n++}@example.org` }),
      size: 5,
    };
  },
  'members.list': async ({ world, mia, tama, rangi }) => {
    const more = await world.people('one', 'two', 'three', 'four');
    const { id } = await world.group(mia, [tama, rangi, ...more.slice(0, 3)]);
    return {
      list: (input) => tama.api.members.list({ conversationId: id, ...input } as never),
      key: (m: { user: { id: string } }) => m.user.id,
      write: () => mia.api.members.add({ conversationId: id, person: more[3].id }),
      size: 6,
    };
  },
};
