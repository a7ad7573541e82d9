import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import type { Person } from '../test/world.ts';

eachDatabase('who let somebody in, and who put them out', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'a', 'b', 'c', 'd']);
  const group = async (others = [cast.a, cast.b]) => {
    const { id } = await cast.world.group(cast.owner, others);
    await cast.owner.api.conversations.update({ conversationId: id, addPolicy: 'members' });
    return id;
  };
  /** Person → who let them in, as somebody sees it; in the chat and in the list of its people alike. */
  const letIn = async (who: Person, conversationId: string) => {
    const { members } = await who.api.conversations.get({ conversationId });
    const { items } = await who.api.members.list({ conversationId });
    const byId = (list: typeof members) => Object.fromEntries(list.map((m) => [m.user.id, m.addedBy]));
    expect(byId(items)).toEqual(byId(members));
    return byId(members);
  };
  /** What somebody hears of the comings and goings in a chat while `act` happens, and on a second hearing from the same place. */
  const heard = async (who: Person, stream: string, act: () => Promise<unknown>) => {
    const from = await cast.world.services.log.head();
    const live = cast.world.subscribe(who, from);
    await act();
    const head = (await who.api.conversations.get({ conversationId: stream })).seq;
    const moves = (feed: typeof live) =>
      feed.frames.flatMap(({ frame }) => {
        if (!('stream' in frame) || frame.stream !== stream) return [];
        if (frame.type === 'member.added') return [`${frame.member.user.id} in by ${frame.member.addedBy}`];
        if (frame.type === 'member.removed') return [`${frame.userId} out by ${frame.removedBy}`];
        return frame.type === 'member.left' ? [`${frame.userId} left`] : [];
      });
    const upTo = ({ frames }: typeof live) =>
      frames.some(({ frame }) => {
        if (frame.type === 'you.added') return frame.conversation.id === stream && frame.conversation.seq >= head;
        return 'seq' in frame && frame.stream === stream && frame.seq >= head;
      });
    await eventually('all is heard', () => upTo(live));
    const again = cast.world.subscribe(who, from);
    await eventually('all is heard again', () => upTo(again));
    await Promise.all([live.stop(), again.stop()]);
    return [...new Set([...moves(live), ...moves(again)])];
  };

  test('M5, H1: who is in hears by whom somebody came and went, those who come later hear nothing of it', async () => {
    const { owner, a, b, c, d } = cast;
    const id = await group();
    const add = (by: Person, who: Person) => by.api.members.add({ conversationId: id, person: who.id });
    expect(await heard(b, id, () => add(a, c))).toEqual([`${c.id} in by ${a.id}`]);
    const founded = { [owner.id]: null, [a.id]: null, [b.id]: null };
    for (const who of [owner, a, b, c]) expect(await letIn(who, id)).toEqual({ ...founded, [c.id]: a.id });
    await add(b, d);
    expect(await letIn(d, id)).toEqual({ ...founded, [c.id]: null, [d.id]: b.id });
    expect(await letIn(c, id)).toEqual({ ...founded, [c.id]: a.id, [d.id]: b.id });
    const out = () => owner.api.members.remove({ conversationId: id, userId: c.id });
    expect(await heard(d, id, out)).toEqual([`${c.id} out by ${owner.id}`]);
    expect(await heard(d, id, () => a.api.conversations.leave({ conversationId: id }))).toEqual([`${a.id} left`]);
  });

  test('H2: of what was done while they were away nobody hears by whom, in no view and in no event', async () => {
    const { owner, a, b, c, d } = cast;
    const id = await group([a, b, d]);
    const moves = async () => {
      await owner.api.members.remove({ conversationId: id, userId: b.id });
      await a.api.members.add({ conversationId: id, person: c.id });
      await owner.api.members.remove({ conversationId: id, userId: d.id });
      await owner.api.members.add({ conversationId: id, person: d.id });
      await a.api.conversations.leave({ conversationId: id });
      await owner.api.members.add({ conversationId: id, person: b.id });
    };
    const told = await heard(b, id, moves);
    expect(told.filter((each) => !each.startsWith(b.id))).toEqual([]);
    expect(await letIn(b, id)).toEqual({ [owner.id]: null, [c.id]: null, [d.id]: null, [b.id]: owner.id });
    expect(await letIn(owner, id)).toEqual({ [owner.id]: null, [c.id]: a.id, [d.id]: owner.id, [b.id]: owner.id });
  });

  test('C7: who opens a link came by themselves; who had sent it is told to nobody', async () => {
    const { owner, a, b, c } = cast;
    const id = await group();
    const { conversation } = await a.api.members.add({ conversationId: id, person: `link-${id}@example.nz` });
    const token = conversation.pending[0]?.link.split('/').at(-1) ?? '';
    expect(await heard(b, id, () => c.api.invitations.accept({ token }))).toEqual([`${c.id} in by ${c.id}`]);
    for (const who of [owner, a, b, c]) expect((await letIn(who, id))[c.id]).toBe(c.id);
  });

  test('Q1: in a room everybody came by themselves, also whom its owner lets in', async () => {
    const { owner, a, b } = cast;
    const { id } = await owner.api.rooms.create({ name: `Door ${dialect}`, access: 'allowlist' });
    for (const who of [a, b]) {
      await owner.api.rooms.allow({ roomId: id, userId: who.id });
      await who.api.rooms.follow({ roomId: id });
    }
    const { items } = await a.api.members.list({ conversationId: id });
    expect(items).toHaveLength(3);
    for (const { user, addedBy } of items) expect([null, user.id]).toContain(addedBy);
  });
});
