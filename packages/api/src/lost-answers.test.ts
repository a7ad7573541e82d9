import type { Engine } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from './test/cast.ts';
import { verdict } from './test/refused.ts';

/** Loses the answer to the next COMMIT, when told to: the database has committed, the process does not know. */
function createLoser() {
  const state = { armed: false, lost: 0 };
  const perhaps = (head: number | null) => {
    if (!state.armed) return head;
    state.armed = false;
    state.lost++;
    throw Object.assign(new Error('The answer was lost.'), { code: 'PROTOCOL_CONNECTION_LOST' });
  };
  return {
    state,
    engine: (engine: Engine): Engine => ({
      overlaps: engine.overlaps,
      begin: (locks, lookups) => engine.begin(locks, lookups),
      commit: async (writes, events, heads) => perhaps(await engine.commit(writes, events, heads)),
      ...(engine.ahead && {
        ahead: { ...engine.ahead, commit: async (...asked) => perhaps((await engine.ahead?.commit(...asked)) ?? null) },
      }),
      rollback: () => engine.rollback(),
      close: () => engine.close(),
    }),
  };
}

eachDatabase('when the answer to COMMIT is lost', (dialect: Dialect) => {
  const loser = createLoser();
  const cast = createCast(dialect, ['owner', 'a', 'b', 'c'], { engine: loser.engine });
  const group = () => cast.world.group(cast.owner, [cast.a, cast.b, cast.c]);
  const types = async (since: number) => (await cast.world.services.log.everything(since, 1_000)).map((e) => e.type);

  /** Every verb that writes, with the events it must leave exactly once. */
  const verbs: Record<string, () => Promise<{ run: () => Promise<unknown>; events: string[] }>> = {
    'a sign-up': async () => ({
      run: () => cast.world.anonymous.auth.signUp({ email: 'lost@example.nz', password: 'a long enough one', name: 'Lost' }),
      events: [],
    }),
    'a sign-in': async () => ({
      run: () => cast.world.anonymous.auth.signIn({ email: cast.a.email, password: 'correct horse a' }),
      events: [],
    }),
    'a group': async () => ({
      run: () => cast.owner.api.conversations.create({ kind: 'group', people: [cast.a.id, 'unknown.one@example.nz'] }),
      events: ['conversation.created', 'member.added', 'you.added', 'member.added', 'you.added', 'invitation.created', 'pending.changed'],
    }),
    'a direct chat': async () => ({
      run: () => cast.owner.api.conversations.create({ kind: 'direct', person: cast.a.id }),
      events: ['conversation.created', 'member.added', 'you.added', 'member.added', 'you.added'],
    }),
    'a direct invitation': async () => ({
      run: () => cast.owner.api.conversations.create({ kind: 'direct', person: 'unknown.two@example.nz' }),
      events: [],
    }),
    'a message': async () => {
      const { id } = await group();
      return { run: () => cast.a.api.messages.post({ conversationId: id, text: 'kia ora' }), events: ['message.created'] };
    },
    'a read mark': async () => {
      const { id } = await group();
      return { run: () => cast.a.api.reads.mark({ conversationId: id, seq: 3 }), events: ['read.moved'] };
    },
    'an addition': async () => {
      const { id } = await group();
      await cast.c.api.conversations.leave({ conversationId: id });
      return { run: () => cast.owner.api.members.add({ conversationId: id, person: cast.c.id }), events: ['member.added', 'you.added'] };
    },
    'a removal': async () => {
      const { id } = await group();
      return {
        run: () => cast.owner.api.members.remove({ conversationId: id, userId: cast.c.id }),
        events: ['member.removed', 'you.removed'],
      };
    },
    'a swap with a new name': async () => {
      const { id } = await group();
      await cast.c.api.conversations.leave({ conversationId: id });
      const change = { conversationId: id, name: 'Swapped', add: [cast.c.id, 'unknown.three@example.nz'], remove: [cast.b.id] };
      return {
        run: () => cast.owner.api.conversations.update(change),
        events: [
          'conversation.updated',
          'member.removed',
          'you.removed',
          'member.added',
          'you.added',
          'invitation.created',
          'pending.changed',
        ],
      };
    },
    'a leaving owner': async () => {
      const { id } = await group();
      return {
        run: () => cast.owner.api.conversations.leave({ conversationId: id }),
        events: ['member.left', 'you.removed', 'owner.changed'],
      };
    },
    'an accepted link': async () => {
      const made = await cast.owner.api.conversations.create({ kind: 'group', people: [cast.a.id, 'unknown.four@example.nz'] });
      const link = made.status === 'created' ? (made.conversation.pending[0]?.link ?? '') : '';
      return {
        run: () => cast.b.api.invitations.accept({ token: link.slice(link.lastIndexOf('/') + 1) }),
        events: ['member.added', 'you.added', 'invitation.accepted', 'pending.changed'],
      };
    },
    'a link taken back': async () => {
      const made = await cast.owner.api.conversations.create({ kind: 'group', people: [cast.a.id, cast.b.id, 'unknown.five@example.nz'] });
      const invitationId = made.status === 'created' ? (made.conversation.pending[0]?.id ?? '') : '';
      return { run: () => cast.owner.api.invitations.revoke({ invitationId }), events: ['invitation.revoked', 'pending.changed'] };
    },
    'a transfer with a new name': async () => {
      const { id } = await group();
      return {
        run: () => cast.owner.api.conversations.update({ conversationId: id, ownerId: cast.a.id, name: 'Handed over' }),
        events: ['conversation.updated', 'owner.changed'],
      };
    },
    'a role': async () => {
      const { id } = await group();
      return {
        run: () => cast.owner.api.members.setRole({ conversationId: id, userId: cast.a.id, role: 'admin' }),
        events: ['member.roleChanged'],
      };
    },
    'a closing': async () => {
      const { id } = await group();
      return { run: () => cast.owner.api.conversations.close({ conversationId: id }), events: ['conversation.closed'] };
    },
    'a clearing': async () => {
      const { id } = await group();
      return { run: () => cast.a.api.conversations.clear({ conversationId: id }), events: ['conversation.cleared'] };
    },
    'a block': async () => ({ run: () => cast.c.api.blocks.add({ userId: cast.b.id }), events: ['block.changed'] }),
    'a contact request': async () => ({
      run: () => cast.a.api.contacts.request({ person: cast.c.id }),
      events: ['contact.requested', 'contact.requested'],
    }),
    'a revoked session': async () => ({ run: () => cast.a.api.auth.revokeOtherSessions(), events: ['session.revoked'] }),
  };

  test('M3: who was added is told as added, though the rerun finds them there', async () => {
    const { id } = await group();
    await cast.c.api.conversations.leave({ conversationId: id });
    loser.state.armed = true;
    expect((await cast.owner.api.members.add({ conversationId: id, person: cast.c.id })).status).toBe('added');
    expect((await cast.owner.api.members.add({ conversationId: id, person: cast.c.id })).status).toBe('alreadyMember');
  });

  test.each(Object.keys(verbs))('G1: %s is told as done, and is done once', async (name) => {
    const verb = await verbs[name]?.();
    if (!verb) throw new Error('Every name has a verb.');
    const since = await cast.world.services.log.head();
    const lost = loser.state.lost;
    loser.state.armed = true;
    expect(await verdict(verb.run())).toBe('done');
    expect(loser.state.lost).toBe(lost + 1);
    expect(await types(since)).toEqual(verb.events);
  });
});
