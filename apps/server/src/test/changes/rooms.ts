import type { Out } from '../server.ts';
import type { Case, Names, Scene } from './scene.ts';

let rooms = 0;
const open = (s: Scene, who: Names, rules: object = {}) =>
  s.server.ok<Out['rooms']['create']>('rooms.create', { name: `Verified ${++rooms}`, ...rules }, s.cast[who]);
/** A room of anahera's that bea follows. */
const followed = async (s: Scene) => {
  const room = await open(s, 'anahera');
  await s.server.ok('rooms.follow', { roomId: room.id }, s.cast.bea);
  return room.id;
};

export const roomsChanges: readonly Case[] = [
  { procedure: 'rooms.create', what: 'a room', told: ['anahera'], change: (s) => open(s, 'anahera') },
  {
    procedure: 'rooms.follow',
    what: 'a room that somebody follows, with messages',
    told: ['anahera', 'bea'],
    change: async (s) => {
      const roomId = await followed(s);
      await s.server.ok('messages.post', { conversationId: roomId, text: 'kia ora' }, s.cast.eru);
    },
  },
  {
    procedure: 'rooms.unfollow',
    what: 'a room that somebody follows no more',
    told: ['bea'],
    change: async (s) => s.server.ok('rooms.unfollow', { roomId: await followed(s) }, s.cast.bea),
  },
  {
    procedure: 'rooms.update',
    what: 'another name, and rules that keep out a follower',
    told: ['anahera', 'bea'],
    change: async (s) => {
      const roomId = await followed(s);
      await s.server.ok('rooms.update', { roomId, name: `Verified ${++rooms}`, access: 'allowlist' }, s.cast.anahera);
    },
  },
  {
    procedure: 'rooms.close',
    what: 'a room closed for its followers',
    told: ['anahera', 'bea'],
    change: async (s) => s.server.ok('rooms.close', { roomId: await followed(s) }, s.cast.anahera),
  },
  {
    procedure: 'rooms.allow',
    what: 'a follower who may come back',
    told: ['anahera', 'bea'],
    change: async (s) => {
      const roomId = await followed(s);
      await s.server.ok('rooms.update', { roomId, access: 'allowlist' }, s.cast.anahera);
      await s.server.ok('rooms.allow', { roomId, userId: s.cast.bea.id }, s.cast.anahera);
    },
  },
  {
    procedure: 'rooms.disallow',
    what: 'a follower taken off the list',
    told: ['anahera', 'bea'],
    change: async (s) => {
      const { id: roomId } = await open(s, 'anahera', { access: 'allowlist' });
      await s.server.ok('rooms.allow', { roomId, userId: s.cast.bea.id }, s.cast.anahera);
      await s.server.ok('rooms.follow', { roomId }, s.cast.bea);
      await s.server.ok('rooms.disallow', { roomId, userId: s.cast.bea.id }, s.cast.anahera);
    },
  },
  {
    procedure: 'rooms.deny',
    what: 'a follower who is denied',
    told: ['anahera', 'bea'],
    change: async (s) => s.server.ok('rooms.deny', { roomId: await followed(s), userId: s.cast.bea.id }, s.cast.anahera),
  },
  {
    procedure: 'rooms.undeny',
    what: 'somebody who is denied no more',
    told: ['anahera', 'bea'],
    change: async (s) => {
      const roomId = await followed(s);
      await s.server.ok('rooms.deny', { roomId, userId: s.cast.bea.id }, s.cast.anahera);
      await s.server.ok('rooms.undeny', { roomId, userId: s.cast.bea.id }, s.cast.anahera);
    },
  },
];
