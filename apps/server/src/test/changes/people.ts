import { type Case, id, say } from './scene.ts';

export const peopleChanges: readonly Case[] = [
  {
    procedure: 'admin.updateUser',
    what: 'a role that is given',
    told: ['bea'],
    change: (s) => s.server.ok('admin.updateUser', { userId: s.cast.bea.id, role: 'moderator' }, s.root),
  },
  {
    procedure: 'users.updateMe',
    what: 'another name, bio and username',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await say('bea', 'under the old name')(s);
      await s.server.ok('users.updateMe', { name: `Bea ${++renames}`, username: `bea.${renames}`, bio: 'kia ora' }, s.cast.bea);
      await s.server.services.jobs.idle();
    },
  },
  {
    procedure: 'users.update',
    what: 'the owner’s name, who is out by then',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await say('anahera', 'the last word')(s);
      await s.server.ok('conversations.leave', id(s), s.cast.anahera);
      await s.server.ok('users.update', { userId: s.cast.anahera.id, name: `Anahera ${++renames}` }, s.cast.anahera);
      await s.server.services.jobs.idle();
    },
  },
];

let renames = 0;
