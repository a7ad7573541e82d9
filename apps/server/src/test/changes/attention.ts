import type { Out } from '../server.ts';
import { type Case, id, type Names, type Scene } from './scene.ts';

const handleOf = async (s: Scene, who: Names) => {
  const { username } = await s.server.ok<Out['users']['me']>('users.me', undefined, s.cast[who]);
  return `@${username}`;
};
const post = async (s: Scene, who: Names, text: string) =>
  (await s.server.ok<Out['messages']['post']>('messages.post', { ...id(s), text }, s.cast[who])).message;

/** What asks for somebody's attention: mentions, pins, marks of unread. */
export const attentionChanges: readonly Case[] = [
  {
    procedure: 'messages.post',
    what: 'messages that name people, and everybody',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await post(s, 'bea', `${await handleOf(s, 'dan')} and ${await handleOf(s, 'outsider')}`);
      await post(s, 'bea', '@here kia ora');
    },
  },
  {
    procedure: 'messages.post',
    what: 'messages that name somebody who has blocked their author',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await s.server.ok('blocks.add', { userId: s.cast.bea.id }, s.cast.dan);
      await post(s, 'bea', `@here and ${await handleOf(s, 'dan')}`);
      await s.server.ok('blocks.remove', { userId: s.cast.bea.id }, s.cast.dan);
    },
  },
  {
    procedure: 'messages.edit',
    what: 'somebody named later, and somebody no more',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      const { id: messageId } = await post(s, 'bea', `kia ora ${await handleOf(s, 'dan')}`);
      await post(s, 'bea', 'and more');
      await s.server.ok('messages.edit', { messageId, text: `kia ora ${await handleOf(s, 'anahera')}` }, s.cast.bea);
    },
  },
  {
    procedure: 'messages.delete',
    what: 'a message that named somebody deleted for everyone',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      const { id: messageId } = await post(s, 'bea', `kia ora ${await handleOf(s, 'dan')}`);
      await s.server.ok('messages.delete', { messageId }, s.cast.bea);
    },
  },
  {
    procedure: 'reads.mark',
    what: 'one of two messages that name me read',
    told: ['dan'],
    change: async (s) => {
      const { seq } = await post(s, 'bea', '@here one');
      await post(s, 'bea', '@here two');
      await s.server.ok('reads.mark', { ...id(s), seq }, s.cast.dan);
    },
  },
  {
    procedure: 'pins.add',
    what: 'messages pinned, one of them by two, one edited then',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      const { id: messageId } = await post(s, 'bea', 'newest');
      for (const name of ['bea', 'dan'] as const) await s.server.ok('pins.add', { messageId }, s.cast[name]);
      await s.server.ok('pins.add', { messageId: s.first }, s.cast.dan);
      await s.server.ok('messages.edit', { messageId, text: 'newest of all' }, s.cast.bea);
    },
  },
  {
    procedure: 'pins.remove',
    what: 'a pin taken off, and one that goes with its message',
    told: ['anahera', 'bea', 'dan'],
    change: async (s) => {
      await s.server.ok('pins.add', { messageId: s.first }, s.cast.dan);
      await s.server.ok('pins.remove', { messageId: s.first }, s.cast.bea);
      const { id: messageId } = await post(s, 'bea', 'newest');
      await s.server.ok('pins.add', { messageId }, s.cast.bea);
      await s.server.ok('messages.delete', { messageId }, s.cast.bea);
    },
  },
  {
    procedure: 'reads.unread',
    what: 'marked as unread from what was read and answered, and some of it read again',
    told: ['dan'],
    change: async (s) => {
      const { seq } = await post(s, 'bea', '@here one');
      const { seq: two } = await post(s, 'bea', 'two');
      await post(s, 'dan', 'three');
      await s.server.ok('reads.unread', { ...id(s), seq }, s.cast.dan);
      await post(s, 'bea', 'four');
      await s.server.ok('reads.mark', { ...id(s), seq: two }, s.cast.dan);
    },
  },
];
