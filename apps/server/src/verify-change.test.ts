import type { Conversation } from '@koreromai/contract';
import { eachDatabase } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutations } from './test/procedures.ts';
import { type Out, type Person, startServer, type TestServer } from './test/server.ts';
import { verifyChange } from './test/verify.ts';

type Names = 'anahera' | 'bea' | 'dan' | 'eru' | 'outsider';
interface Scene {
  server: TestServer;
  /** The admin of the instance, in none of the chats. */
  root: Person;
  cast: Record<Names, Person>;
  /** A group of anahera (owner), bea, dan and a pending seat. */
  group: Conversation;
  token: string;
}

interface Case {
  readonly procedure: string;
  readonly what: string;
  readonly told: readonly Names[];
  readonly change: (scene: Scene) => Promise<unknown>;
}

const say = (who: Names, text: string) => (s: Scene) => s.server.ok('messages.post', { conversationId: s.group.id, text }, s.cast[who]);
const id = (s: Scene) => ({ conversationId: s.group.id });

const cases: readonly Case[] = [
  { procedure: 'messages.post', what: 'a message', told: ['anahera', 'bea', 'dan'], change: say('bea', 'kia ora') },
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

/** These tell no other device anything but that a session ended, and the session suites follow that. */
const elsewhere = ['users.create', 'auth.signUp', 'auth.signIn', 'auth.signOut', 'auth.revokeSession', 'auth.revokeOtherSessions'];

/** No screen holds what these change: the admin suites read it again. */
const unseen = ['admin.updateSettings'];

test('every mutation of the router is verified here or named with its reason', () => {
  expect([...new Set([...cases.map((c) => c.procedure), ...elsewhere, ...unseen])].sort()).toEqual([...mutations].sort());
});

eachDatabase('G9: snapshot + events = fresh snapshot', (dialect) => {
  let server: TestServer;
  let root: Person;
  let cast: Record<Names, Person>;
  beforeAll(async () => {
    server = await startServer({ dialect });
    root = await server.signUp('root');
    const [anahera, bea, dan, eru, outsider] = await server.people('anahera', 'bea', 'dan', 'eru', 'outsider');
    cast = { anahera, bea, dan, eru, outsider };
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test.each(cases)('$procedure: $what', async ({ told, change }) => {
    const group = await server.group(cast.anahera, [cast.bea.email, cast.dan.email, 'waiting@example.nz']);
    await server.ok('messages.post', { conversationId: group.id, text: 'before' }, cast.anahera);
    const scene = { server, root, cast, group, token: group.pending[0]?.link.split('/').at(-1) ?? '' };
    await verifyChange(
      server,
      Object.values(cast),
      told.map((name) => cast[name]),
      () => change(scene),
    );
    expect(server.faults).toEqual([]);
  });
});
