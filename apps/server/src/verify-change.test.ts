import { eachDatabase } from '@koreromai/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attentionChanges } from './test/changes/attention.ts';
import { conversationsChanges } from './test/changes/conversations.ts';
import { groupsChanges } from './test/changes/groups.ts';
import { messagesChanges } from './test/changes/messages.ts';
import { peopleChanges } from './test/changes/people.ts';
import { roomsChanges } from './test/changes/rooms.ts';
import type { Names } from './test/changes/scene.ts';
import { mutations } from './test/procedures.ts';
import { type Out, type Person, startServer, type TestServer } from './test/server.ts';
import { verifyChange } from './test/verify.ts';

/** A feature's changes stand in a file of its own: test/changes/. */
const cases = [...attentionChanges, ...messagesChanges, ...conversationsChanges, ...groupsChanges, ...peopleChanges, ...roomsChanges];

/** These tell no other device anything but that a session ended, and the session suites follow that; a report is for moderators only. */
const elsewhere = [
  // people are not in the snapshot: circles.test.ts holds the events against the lists, and reach.test.ts the refusals
  ...['blocks.add', 'blocks.remove', 'contacts.request', 'contacts.answer', 'contacts.remove', 'follows.add', 'follows.remove'],
  'refusals.lift',
  'presence.typing', // kept nowhere
  'preferences.set', // told nobody
  ...['push.subscribe', 'push.unsubscribe'], // of this browser alone
  ...['bots.create', 'bots.remove', 'bots.createToken', 'bots.revokeToken'], // in no snapshot: bots.test.ts
  ...['hooks.create', 'hooks.remove'], // members come and go as they do anywhere: hooks.test.ts
  ...['create', 'remove', 'enable', 'resend'].map((verb) => `webhooks.${verb}`), // in no snapshot: webhooks.test.ts
  ...['messages.report', 'users.report'],
  'attachments.describe', // the uploader's alone until a message carries it
  'users.create',
  'auth.signUp',
  'auth.signIn',
  'auth.signOut',
  'auth.revokeSession',
  'auth.revokeOtherSessions',
];

/** No screen holds what these change: the admin suites read it again. */
const unseen = [
  'events.watch',
  'rooms.enter',
  'admin.deleteReported',
  'admin.resolveReport',
  'admin.updateSettings',
  'auth.changePassword',
  'auth.forgotPassword',
  'auth.resetPassword',
];

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
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** New people now and then: a snapshot holds fifty conversations, and what falls off its end is no change. */
  let turns = 0;
  async function people(): Promise<void> {
    if (turns++ % 20 > 0) return;
    const [anahera, bea, dan, eru, outsider] = await server.people(
      ...(['anahera', 'bea', 'dan', 'eru', 'outsider'] as const).map((name) => `${name}${turns}`),
    );
    if (!anahera || !bea || !dan || !eru || !outsider) throw new Error('Five people were asked for.');
    cast = { anahera, bea, dan, eru, outsider };
  }

  test.each(cases)('$procedure: $what', async ({ told, change }) => {
    await people();
    const group = await server.group(cast.anahera, [cast.bea.email, cast.dan.email, 'waiting@example.nz']);
    const { message } = await server.ok<Out['messages']['post']>(
      'messages.post',
      { conversationId: group.id, text: 'before' },
      cast.anahera,
    );
    const scene = { server, root, first: message.id, cast, group, token: group.pending[0]?.link.split('/').at(-1) ?? '' };
    await verifyChange(
      server,
      Object.values(cast),
      told.map((name) => cast[name]),
      () => change(scene),
    );
    expect(server.faults).toEqual([]);
  });
});
