import type { Out } from '../server.ts';
import { type Case, id, say } from './scene.ts';

/** Roles, and what each person keeps about a conversation. */
export const groupsChanges: readonly Case[] = [
  {
    procedure: 'conversations.update',
    what: 'a new owner and a new policy',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('conversations.update', { ...id(s), ownerId: s.cast.bea.id, addPolicy: 'admins' }, s.cast.anahera),
  },
  {
    procedure: 'members.setRole',
    what: 'an admin made, who takes over when the owner leaves',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await s.server.ok('members.setRole', { ...id(s), userId: s.cast.dan.id, role: 'admin' }, s.cast.anahera);
      await s.server.ok('conversations.leave', id(s), s.cast.anahera);
    },
  },
  {
    procedure: 'conversations.hide',
    what: 'a chat hidden by two, and opened again for one by a message before that',
    told: ['bea', 'dan'],
    change: async (s) => {
      await s.server.ok('conversations.hide', id(s), s.cast.bea);
      await say('anahera', 'back for bea')(s);
      await s.server.ok('conversations.hide', id(s), s.cast.dan);
    },
  },
  {
    procedure: 'conversations.clear',
    what: 'a chat cleared, with a message after',
    told: ['bea', 'dan'],
    change: async (s) => {
      await say('bea', 'mine')(s);
      for (const name of ['bea', 'dan'] as const) await s.server.ok('conversations.clear', id(s), s.cast[name]);
      await say('dan', 'after')(s);
    },
  },
  {
    procedure: 'conversations.clear',
    what: 'a chat cleared and nothing after, then renamed',
    told: ['bea'],
    change: async (s) => {
      await s.server.ok('conversations.clear', id(s), s.cast.bea);
      await s.server.ok('conversations.update', { ...id(s), name: 'Still hidden' }, s.cast.anahera);
    },
  },
  {
    procedure: 'conversations.create',
    what: 'a hidden direct chat opened again',
    told: ['bea'],
    change: async (s) => {
      const made = await s.server.ok<Out['conversations']['create']>(
        'conversations.create',
        { kind: 'direct', person: s.cast.eru.email },
        s.cast.bea,
      );
      if (made.status === 'pending') throw new Error('Both have accounts.');
      await s.server.ok('conversations.hide', { conversationId: made.conversation.id }, s.cast.bea);
      await s.server.ok('conversations.create', { kind: 'direct', person: s.cast.eru.email }, s.cast.bea);
    },
  },
  {
    procedure: 'conversations.notify',
    what: 'a chat muted for a while',
    told: ['dan'],
    change: (s) => s.server.ok('conversations.notify', { ...id(s), level: 'none', mutedUntil: '2027-01-01T00:00:00.000Z' }, s.cast.dan),
  },
  {
    procedure: 'conversations.close',
    what: 'a group closed for everyone',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('conversations.close', id(s), s.cast.anahera),
  },
];
