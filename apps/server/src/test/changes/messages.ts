import type { Out } from '../server.ts';
import { type Case, id, say } from './scene.ts';

export const messagesChanges: readonly Case[] = [
  { procedure: 'messages.post', what: 'a message', told: ['anahera', 'bea', 'dan'], change: say('bea', 'kia ora') },
  {
    procedure: 'messages.post',
    what: 'a reply',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('messages.post', { ...id(s), text: 'indeed', replyToId: s.first }, s.cast.dan),
  },
  {
    procedure: 'drafts.set',
    what: 'something begun',
    told: ['bea'],
    change: (s) => s.server.ok('drafts.set', { ...id(s), text: 'kia' }, s.cast.bea),
  },
  {
    procedure: 'drafts.clear',
    what: 'something begun and given up',
    told: ['bea'],
    change: async (s) => {
      await s.server.ok('drafts.set', { ...id(s), text: 'kia' }, s.cast.bea);
      await s.server.ok('drafts.clear', id(s), s.cast.bea);
    },
  },
  {
    procedure: 'messages.edit',
    what: 'the newest message said otherwise',
    told: ['anahera', 'bea', 'dan'],
    change: (s) => s.server.ok('messages.edit', { messageId: s.first, text: 'before, mended' }, s.cast.anahera),
  },
  {
    procedure: 'messages.edit',
    what: 'a quoted message said otherwise',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await s.server.ok('messages.post', { ...id(s), text: 'indeed', replyToId: s.first }, s.cast.dan);
      await s.server.ok('messages.edit', { messageId: s.first, text: 'before, mended' }, s.cast.anahera);
    },
  },
  {
    procedure: 'messages.delete',
    what: 'an unread message deleted for everyone',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      const made = await s.server.ok<Out['messages']['post']>('messages.post', { ...id(s), text: 'oops', replyToId: s.first }, s.cast.dan);
      await s.server.ok('messages.delete', { messageId: made.message.id }, s.cast.dan);
      await s.server.ok('messages.delete', { messageId: s.first }, s.cast.anahera);
    },
  },
  {
    procedure: 'messages.delete',
    what: 'the newest message hidden by one',
    told: ['bea'],
    change: (s) => s.server.ok('messages.delete', { messageId: s.first, for: 'me' }, s.cast.bea),
  },
  {
    procedure: 'messages.unhide',
    what: 'a message brought back',
    told: ['bea'],
    change: async (s) => {
      await s.server.ok('messages.delete', { messageId: s.first, for: 'me' }, s.cast.bea);
      await s.server.ok('messages.unhide', { messageId: s.first }, s.cast.bea);
    },
  },
  {
    procedure: 'reactions.like',
    what: 'likes',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      for (const name of ['bea', 'dan'] as const) await s.server.ok('reactions.like', { messageId: s.first }, s.cast[name]);
    },
  },
  {
    procedure: 'reactions.unlike',
    what: 'a like taken back',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      for (const name of ['bea', 'dan'] as const) await s.server.ok('reactions.like', { messageId: s.first }, s.cast[name]);
      await s.server.ok('reactions.unlike', { messageId: s.first }, s.cast.bea);
    },
  },
  {
    procedure: 'reactions.add',
    what: 'reactions of several people',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      for (const name of ['bea', 'dan'] as const) await s.server.ok('reactions.add', { messageId: s.first, emoji: '🎉' }, s.cast[name]);
      await s.server.ok('reactions.add', { messageId: s.first, emoji: '👍' }, s.cast.anahera);
    },
  },
  {
    procedure: 'reactions.remove',
    what: 'a reaction taken back',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      for (const emoji of ['🎉', '👍']) await s.server.ok('reactions.add', { messageId: s.first, emoji }, s.cast.bea);
      await s.server.ok('reactions.remove', { messageId: s.first, emoji: '🎉' }, s.cast.bea);
    },
  },
  {
    procedure: 'reads.mark',
    what: 'a read mark after messages',
    told: ['dan'],
    change: async (s) => {
      await say('bea', 'one')(s);
      const { message } = await s.server.ok<Out['messages']['post']>('messages.post', { ...id(s), text: 'two' }, s.cast.anahera);
      await s.server.ok('reads.mark', { ...id(s), seq: message.seq }, s.cast.dan);
    },
  },
];
