import type { Fixtures } from './scene.ts';

export const roomsLists: Fixtures = {
  'rooms.list': async ({ mia }) => {
    let n = 0;
    const open = () => mia.api.rooms.create({ name: `Listed ${++n}` });
    for (let i = 0; i < 5; i++) await open();
    return {
      list: (input) => mia.api.rooms.list({ sort: 'mine', ...input } as never),
      key: (r: { id: string }) => r.id,
      write: open,
      size: 5,
    };
  },
  'rooms.allowed': async ({ world, mia }) => {
    const { id: roomId } = await mia.api.rooms.create({ name: 'Allowed', access: 'allowlist' });
    const people = await world.people('allow1', 'allow2', 'allow3', 'allow4', 'allow5', 'allow6');
    let n = 0;
    const allow = () => mia.api.rooms.allow({ roomId, userId: people[n++]?.id ?? '' });
    for (let i = 0; i < 5; i++) await allow();
    return {
      list: (input) => mia.api.rooms.allowed({ roomId, ...input } as never),
      key: (e: { user: { id: string } }) => e.user.id,
      write: async () => (n < people.length ? allow() : null),
      size: 5,
    };
  },
  'rooms.denied': async ({ world, mia }) => {
    const { id: roomId } = await mia.api.rooms.create({ name: 'Denied' });
    const people = await world.people('deny1', 'deny2', 'deny3', 'deny4', 'deny5', 'deny6');
    let n = 0;
    const deny = () => mia.api.rooms.deny({ roomId, userId: people[n++]?.id ?? '' });
    for (let i = 0; i < 5; i++) await deny();
    return {
      list: (input) => mia.api.rooms.denied({ roomId, ...input } as never),
      key: (e: { user: { id: string } }) => e.user.id,
      write: async () => (n < people.length ? deny() : null),
      size: 5,
    };
  },
};
