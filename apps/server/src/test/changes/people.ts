import type { Out } from '../server.ts';
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
  {
    procedure: 'users.deleteMe',
    what: 'an account deleted, in a group and in a direct chat',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      const who = await s.server.signUp(`short-lived-${++renames}`);
      await s.server.ok('members.add', { ...id(s), person: who.email }, s.cast.anahera);
      const made = await s.server.ok<Out['conversations']['create']>(
        'conversations.create',
        { kind: 'direct', person: s.cast.bea.email },
        who,
      );
      const direct = made.status === 'created' ? made.conversation.id : '';
      for (const conversationId of [direct, s.group.id]) await s.server.ok('messages.post', { conversationId, text: 'goodbye' }, who);
      await s.server.ok('users.deleteMe', { password: who.password }, who);
      await s.server.services.jobs.idle();
    },
  },
  {
    procedure: 'users.post',
    what: 'a message to a person, where no chat was',
    told: ['dan'],
    change: async (s) => {
      const who = await s.server.signUp(`writer-${++renames}`);
      await s.server.ok('users.post', { userId: s.cast.dan.id, text: 'tēnā koe' }, who);
    },
  },
];

let renames = 0;
