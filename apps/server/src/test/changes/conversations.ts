import { type Case, id, say } from './scene.ts';

export const conversationsChanges: readonly Case[] = [
  {
    procedure: 'conversations.create',
    what: 'a direct chat',
    told: ['bea', 'eru'],
    change: (s) => s.server.ok('conversations.create', { kind: 'direct', person: s.cast.eru.email }, s.cast.bea),
  },
  {
    procedure: 'conversations.create',
    what: 'a group with a pending seat, at once with messages',
    told: ['anahera', 'bea', 'eru'],
    change: async (s) => {
      const made = await s.server.group(s.cast.eru, [s.cast.bea.email, s.cast.anahera.email, 'nobody@example.nz'], 'Second');
      await s.server.ok('messages.post', { conversationId: made.id, text: 'first' }, s.cast.bea);
    },
  },
  {
    procedure: 'conversations.update',
    what: 'a new name',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('conversations.update', { ...id(s), name: 'Renamed' }, s.cast.anahera),
  },
  {
    procedure: 'conversations.update',
    what: 'name, additions and a removal in one',
    told: ['anahera', 'bea', 'dan', 'eru'],
    change: (s) =>
      s.server.ok(
        'conversations.update',
        { ...id(s), name: null, add: [s.cast.eru.email, 'new@example.nz'], remove: [s.cast.dan.id] },
        s.cast.anahera,
      ),
  },
  {
    procedure: 'members.add',
    what: 'a member',
    told: ['anahera', 'bea', 'eru'],
    change: (s) => s.server.ok('members.add', { ...id(s), person: s.cast.eru.email }, s.cast.anahera),
  },
  {
    procedure: 'members.add',
    what: 'a pending seat',
    told: ['anahera', 'bea'],
    change: (s) => s.server.ok('members.add', { ...id(s), person: 'later@example.nz' }, s.cast.anahera),
  },
  {
    procedure: 'members.remove',
    what: 'a removal',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('members.remove', { ...id(s), userId: s.cast.dan.id }, s.cast.anahera),
  },
  {
    procedure: 'conversations.leave',
    what: 'a member leaving',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('conversations.leave', id(s), s.cast.dan),
  },
  {
    procedure: 'conversations.leave',
    what: 'the owner leaving',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('conversations.leave', id(s), s.cast.anahera),
  },
  {
    procedure: 'conversations.leave',
    what: 'leaving and coming back',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await s.server.ok('conversations.leave', id(s), s.cast.dan);
      await say('bea', 'while dan was away')(s);
      await s.server.ok('members.add', { ...id(s), person: s.cast.dan.email }, s.cast.anahera);
      await say('bea', 'dan is back')(s);
    },
  },
  {
    procedure: 'conversations.leave',
    what: 'all but one leaving',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      for (const name of ['dan', 'bea'] as const) await s.server.ok('conversations.leave', id(s), s.cast[name]);
    },
  },
  {
    procedure: 'invitations.accept',
    what: 'a seat taken by its link',
    told: ['anahera', 'bea', 'eru'],
    change: (s) => s.server.ok('invitations.accept', { token: s.token }, s.cast.eru),
  },
  {
    procedure: 'invitations.revoke',
    what: 'a link taken back',
    told: ['anahera', 'bea'],
    change: (s) => s.server.ok('invitations.revoke', { invitationId: s.group.pending[0]?.id }, s.cast.anahera),
  },
];
