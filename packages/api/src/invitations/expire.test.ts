import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createWorld, type World } from '../test/world.ts';
import { expireInvitation } from './expire.ts';

eachDatabase('a link that nobody opened in time', (dialect: Dialect) => {
  const setUp = async () => {
    const world = await createWorld(dialect, { jobsEvery: 60_000 });
    const [owner, known, third] = await world.people('owner', 'known', 'third');
    const made = await owner.api.conversations.create({ kind: 'group', people: [known.id, third.id, 'waiting@example.nz'] });
    if (made.status !== 'created') throw new Error('A group was made.');
    const { id, pending } = made.conversation;
    const [seat] = pending;
    if (!seat) throw new Error('The address has a seat.');
    /** What happened in the chat and to its owner since. */
    const since = await world.services.log.head();
    const told = async () =>
      (await world.services.log.everything(since, 1_000)).filter((e) => e.stream === id || e.stream === owner.id).map((e) => e.type);
    return { world, owner, known, id, seat, told };
  };
  const pass = async (world: World, ms: number) => {
    world.clock.now += ms;
    await world.services.jobs.idle();
  };

  test('C7: its seat is free in every count, and everybody in the chat is told when it is, once', async () => {
    const { world, owner, known, id, seat, told } = await setUp();
    await using _ = world;
    await pass(world, limits.invitation.lifetime - 1);
    expect(await told()).toEqual([]);
    const feed = world.subscribe(known, await world.services.log.head());
    await pass(world, 1);
    expect(await told()).toEqual(['invitation.expired', 'pending.changed']);
    const heard = await eventually('it is heard', () => feed.frames.find(({ frame }) => frame.type === 'invitation.expired'));
    await feed.stop();
    expect(heard.frame).toMatchObject({ stream: id, seats: 3 });
    expect(JSON.stringify(feed.frames)).not.toContain('waiting@example.nz');
    expect(await owner.api.conversations.get({ conversationId: id })).toMatchObject({ seats: 3, pending: [] });
    await pass(world, limits.invitation.lifetime);
    const job = { id: seat.id, subject: seat.id, data: null }; // as after an end between the change and the note that it is done
    expect(await expireInvitation(world.services)(job)).toBe('done');
    expect(await told()).toHaveLength(2);
    expect(world.faults).toEqual([]);
  });

  test('C7: nothing is told of a link that was opened or taken back, nor of a chat that is closed', async () => {
    for (const end of ['accept', 'revoke', 'close'] as const) {
      const { world, owner, id, seat, told } = await setUp();
      await using _ = world;
      const friend = await world.person('friend');
      if (end === 'accept') await friend.api.invitations.accept({ token: seat.link.split('/').at(-1) ?? '' });
      else if (end === 'revoke') await owner.api.invitations.revoke({ invitationId: seat.id });
      else await owner.api.conversations.close({ conversationId: id });
      await pass(world, limits.invitation.lifetime);
      expect(await told(), end).not.toContain('invitation.expired');
      expect(await world.db.read.selectFrom('job').select('id').execute()).toEqual([]);
      expect(world.faults).toEqual([]);
    }
  });

  test('C7: invited anew after it ran out, the address holds the new seat, and the old link tells nothing', async () => {
    const { world, owner, id, told } = await setUp();
    await using _ = world;
    world.clock.now += limits.invitation.lifetime; // the job has not come to it yet
    await owner.api.members.add({ conversationId: id, person: 'waiting@example.nz' });
    await world.services.jobs.idle();
    expect(await told()).not.toContain('invitation.expired');
    expect((await owner.api.conversations.get({ conversationId: id })).seats).toBe(4);
    await pass(world, limits.invitation.lifetime);
    expect((await told()).filter((type) => type === 'invitation.expired')).toHaveLength(1);
  });

  test('G15: invitations from before the job was there end by it as well', async () => {
    const { world, told } = await setUp();
    await using _ = world;
    const rows = await world.db.read.selectFrom('job').select(['id', 'kind', 'subject_id', 'run_after']).execute();
    expect(rows).toMatchObject([{ kind: 'invitation.expire' }]);
    expect(rows[0]?.id.equals(rows[0]?.subject_id ?? Buffer.alloc(0))).toBe(true); // so the migration's row is the same one
    await pass(world, limits.invitation.lifetime);
    expect(await told()).toContain('invitation.expired');
  });
});
