import { limits } from '@koreromai/contract';
import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { anotherProcess } from '../test/process.ts';
import { verdict } from '../test/refused.ts';
import { createWorld, type Person } from '../test/world.ts';

const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1);

eachDatabase('a seat for an address without an account', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'known', 'third', 'friend', 'late', 'finder', 'eager', 'slow', 'peer', 'banned']);
  let n = 0;
  const address = () => `unknown${++n}@example.nz`;

  async function groupWith(email: string, others: Person[] = [cast.known]) {
    const made = await cast.owner.api.conversations.create({ kind: 'group', people: [...others.map((o) => o.id), email] });
    if (made.status === 'pending') throw new Error('A group is never pending as a whole.');
    const [pending] = made.conversation.pending;
    if (!pending) throw new Error('The address has a seat.');
    return { id: made.conversation.id, group: made.conversation, pending, token: tokenOf(pending.link) };
  }

  test('C7: the seats that someone kept for others are free again when they leave, and their links open nothing', async () => {
    const { id, token } = await groupWith(address(), [cast.known, cast.third]);
    await cast.owner.api.conversations.leave({ conversationId: id });
    expect((await cast.known.api.conversations.get({ conversationId: id })).seats).toBe(2);
    expect(await verdict(cast.friend.api.invitations.accept({ token }))).toBe('INVITATION_GONE');
  });

  test('C7: the link is shown to the inviter alone, the address to nobody else, also not in events', async () => {
    const email = address();
    const since = await cast.world.services.log.head();
    const { id, group, pending } = await groupWith(email);
    expect(group.pending).toMatchObject([{ email, status: 'pending', link: expect.stringContaining('http://localhost:1337/join/') }]);
    expect(group.seats).toBe(3);
    const seen = await cast.known.api.conversations.get({ conversationId: id });
    expect({ pending: seen.pending, seats: seen.seats }).toEqual({ pending: [], seats: 3 });
    const feed = cast.world.subscribe(cast.known, since);
    await eventually('the replay ends', () => feed.frames.some(({ frame }) => frame.type === 'checkpoint'));
    await feed.stop();
    const told = JSON.stringify([
      seen,
      feed.frames,
      await cast.known.api.members.list({ conversationId: id }),
      await cast.known.api.conversations.list({}),
    ]);
    expect(told).toContain(id);
    expect(told).not.toContain(email);
    expect(told).not.toContain(tokenOf(pending.link));
    expect((await cast.known.api.invitations.list({ conversationId: id })).items).toEqual([]);
  });

  test('C7: the page of a link opens without signing in and tells who invites, not whom', async () => {
    const email = address();
    const { token } = await groupWith(email);
    const page = await cast.world.anonymous.invitations.open({ token });
    expect(page).toMatchObject({ kind: 'group', inviter: { id: cast.owner.id }, conversationName: null });
    expect(JSON.stringify(page)).not.toContain('@example.nz');
    const edited = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    expect(await verdict(cast.world.anonymous.invitations.open({ token: edited }))).toBe('NOT_FOUND');
  });

  test('C7: whoever opens the link takes the seat, once; the inviter hears of it', async () => {
    const { id, token } = await groupWith(address());
    const joined = await cast.friend.api.invitations.accept({ token });
    expect(joined).toMatchObject({ id, seats: 3, state: 'open', myRole: 'member' });
    expect(await verdict(cast.friend.api.invitations.accept({ token }))).toBe('done'); // the same person again
    expect(await verdict(cast.third.api.invitations.accept({ token }))).toBe('INVITATION_GONE');
    expect(await verdict(cast.world.anonymous.invitations.open({ token }))).toBe('INVITATION_GONE');
    expect((await cast.owner.api.conversations.get({ conversationId: id })).pending).toEqual([]);
  });

  test('C7: two who open one link at the same time: one gets the seat', async () => {
    const { id, token } = await groupWith(address());
    const both = await Promise.all([cast.eager, cast.slow].map((p) => verdict(p.api.invitations.accept({ token }))));
    expect(both.sort()).toEqual(['INVITATION_GONE', 'done']);
    expect((await cast.owner.api.conversations.get({ conversationId: id })).members).toHaveLength(3);
  });

  test('C7: who is in already cannot take a seat with the link', async () => {
    const { token } = await groupWith(address());
    expect(await verdict(cast.known.api.invitations.accept({ token }))).toBe('ALREADY_MEMBER');
    expect(await verdict(cast.owner.api.invitations.accept({ token }))).toBe('ALREADY_MEMBER');
  });

  test('C7: inviting the same address again keeps the seat and the link', async () => {
    const email = address();
    const { id, pending } = await groupWith(email);
    const again = await cast.owner.api.members.add({ conversationId: id, person: email.toUpperCase() });
    expect(again).toMatchObject({ status: 'pending', conversation: { seats: 3, pending: [pending] } });
  });

  test('C7: after 14 days the link is gone and the seat free, and the address can be invited anew', async () => {
    const email = address();
    const { id, token } = await groupWith(email, [cast.known, cast.third]);
    cast.world.clock.now += limits.invitation.lifetime;
    expect(await verdict(cast.world.anonymous.invitations.open({ token }))).toBe('INVITATION_GONE');
    expect(await verdict(cast.late.api.invitations.accept({ token }))).toBe('INVITATION_GONE');
    expect(await cast.owner.api.conversations.get({ conversationId: id })).toMatchObject({ seats: 3, pending: [] });
    const again = await cast.owner.api.members.add({ conversationId: id, person: email });
    expect(again).toMatchObject({ status: 'pending', conversation: { seats: 4, pending: [{ email }] } });
    const fresh = tokenOf(again.conversation.pending[0]?.link ?? '');
    expect(await verdict(cast.world.anonymous.invitations.open({ token }))).toBe('INVITATION_GONE');
    expect((await cast.late.api.invitations.accept({ token: fresh })).seats).toBe(4);
  });

  test('C7: a link taken back frees its seat, and the address can be invited anew', async () => {
    const email = address();
    const { id, pending, token } = await groupWith(email, [cast.known, cast.third]);
    expect(await verdict(cast.known.api.invitations.revoke({ invitationId: pending.id }))).toBe('NOT_FOUND');
    await cast.owner.api.invitations.revoke({ invitationId: pending.id });
    await cast.owner.api.invitations.revoke({ invitationId: pending.id }); // twice is no mistake
    expect(await cast.owner.api.conversations.get({ conversationId: id })).toMatchObject({ seats: 3, pending: [] });
    expect(await verdict(cast.late.api.invitations.accept({ token }))).toBe('INVITATION_GONE');
    expect((await cast.owner.api.members.add({ conversationId: id, person: email })).conversation.seats).toBe(4);
    await cast.owner.api.invitations.revoke({
      invitationId: (await cast.owner.api.conversations.get({ conversationId: id })).pending[0]?.id ?? '',
    });
    expect((await cast.owner.api.conversations.get({ conversationId: id })).seats).toBe(3);
  });

  test('C7: a person who signed up meanwhile and is added by address takes the seat kept for them', async () => {
    const name = `self${++n}`;
    const { id, token } = await groupWith(`${name}@example.nz`);
    const person = await cast.world.person(name);
    expect(await verdict(person.api.conversations.get({ conversationId: id }))).toBe('NOT_FOUND'); // an address alone proves nothing
    const added = await cast.owner.api.members.add({ conversationId: id, person: person.email });
    expect(added).toMatchObject({ status: 'added', conversation: { seats: 3, pending: [] } });
    expect(await verdict(cast.finder.api.invitations.accept({ token }))).toBe('INVITATION_GONE');
  });

  test('C7: pending seats count towards ten', async () => {
    const emails = Array.from({ length: 8 }, address);
    const { conversation } = await cast.owner.api.conversations
      .create({ kind: 'group', people: [cast.known.id, ...emails] })
      .then((made) => (made.status === 'created' ? made : Promise.reject(new Error('A group was made.'))));
    expect(conversation.seats).toBe(10);
    expect(await verdict(cast.owner.api.members.add({ conversationId: conversation.id, person: cast.third.id }))).toBe('GROUP_FULL');
    const token = tokenOf(conversation.pending[0]?.link ?? '');
    expect((await cast.third.api.invitations.accept({ token })).seats).toBe(10); // moved, not added: it cannot overflow
  });

  test('C7: a direct chat with an unknown address begins when its link is opened, and asking again gives the same link', async () => {
    const email = address();
    const ask = () => cast.owner.api.conversations.create({ kind: 'direct', person: email });
    const [first, second] = [await ask(), await ask()];
    if (first.status !== 'pending') throw new Error('The address is unknown.');
    expect(second).toEqual(first);
    expect((await cast.owner.api.invitations.list({})).items).toContainEqual(first.pending);
    const token = tokenOf(first.pending.link);
    expect(await cast.world.anonymous.invitations.open({ token })).toMatchObject({ kind: 'direct', inviter: { id: cast.owner.id } });
    expect(await verdict(cast.owner.api.invitations.accept({ token }))).toBe('ALREADY_MEMBER');
    const direct = await cast.peer.api.invitations.accept({ token });
    expect(direct.kind).toBe('direct');
    expect(direct.members.map((m) => m.user.id).sort()).toEqual([cast.owner.id, cast.peer.id].sort());
    expect(await cast.world.direct(cast.peer, cast.owner)).toMatchObject({ id: direct.id });
    expect(await verdict(cast.peer.api.invitations.accept({ token }))).toBe('done');
  });

  test('C8: one known and one unknown may talk at once; alone no; with the unknown one again', async () => {
    const { id, token } = await groupWith(address());
    expect(await verdict(cast.owner.api.messages.post({ conversationId: id, text: 'kia ora' }))).toBe('done');
    await cast.known.api.conversations.leave({ conversationId: id });
    expect(await cast.owner.api.conversations.get({ conversationId: id })).toMatchObject({ state: 'underfull' });
    expect(await verdict(cast.owner.api.messages.post({ conversationId: id, text: 'anyone?' }))).toBe('GROUP_UNDERFULL');
    expect((await cast.owner.api.messages.list({ conversationId: id })).items).toHaveLength(1);
    await cast.finder.api.invitations.accept({ token });
    expect(await verdict(cast.owner.api.messages.post({ conversationId: id, text: 'welcome' }))).toBe('done');
  });

  test('C7, 2.4: links that a suspended person sent open nothing, to a group or to a direct chat, until the person is let in again', async () => {
    const { owner, banned, third, finder, late } = cast;
    const made = await banned.api.conversations.create({ kind: 'group', people: [third.id, owner.id, address()] });
    const asked = await banned.api.conversations.create({ kind: 'direct', person: address() });
    if (made.status === 'pending' || asked.status !== 'pending') throw new Error('One address has a seat, the other one a link.');
    const tokens = [...made.conversation.pending, asked.pending].map((p) => tokenOf(p.link));
    await owner.api.admin.updateUser({ userId: banned.id, suspended: true });
    for (const token of tokens) {
      expect(await verdict(cast.world.anonymous.invitations.open({ token }))).toBe('INVITATION_GONE');
      expect(await verdict(finder.api.invitations.accept({ token }))).toBe('INVITATION_GONE');
    }
    const inside = await third.api.members.list({ conversationId: made.conversation.id });
    expect(inside.items.map((m) => m.user.id)).not.toContain(finder.id);
    await owner.api.admin.updateUser({ userId: banned.id, suspended: false });
    for (const token of tokens) expect(await verdict(late.api.invitations.accept({ token }))).toBe('done');
  });

  test('C7: thirty who invite one address at once, through two processes: its letters are a day apart, and none is for a link that has run out', async () => {
    await using world = await createWorld(dialect);
    await using other = await anotherProcess(world);
    const people = await Promise.all(Array.from({ length: 30 }, (_, i) => world.person(`inviter${i}`)));
    const through = (i: number, who: Person) => (dialect === 'mysql' && i % 2 ? other.as(who) : who.api);
    await Promise.all(people.map((who, i) => through(i, who).conversations.create({ kind: 'direct', person: 'friend@unknown.example' })));
    const mails = await world.services.read.selectFrom('mail').select('run_after').orderBy('run_after').execute();
    const days = mails.map((m) => (Number(m.run_after) - world.clock.now) / limits.invitation.mailEvery);
    expect(days).toEqual(Array.from({ length: 14 }, (_, i) => i));
    expect(await world.services.read.selectFrom('invitation').select('id').execute()).toHaveLength(30);
    expect(world.faults).toEqual([]);
  });
});
