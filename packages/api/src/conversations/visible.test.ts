import { type Dialect, eachDatabase, eventually } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { verdict } from '../test/refused.ts';

eachDatabase('what a person may see of a group', (dialect: Dialect) => {
  const cast = createCast(dialect, ['owner', 'other', 'third', 'mia']);

  async function story(how: 'leaves' | 'is removed') {
    const { id } = await cast.world.group(cast.owner, [cast.other, cast.third, cast.mia]);
    const say = async (text: string) => (await cast.other.api.messages.post({ conversationId: id, text })).message;
    const feed = cast.world.subscribe(cast.mia, await cast.world.services.log.head());
    await eventually('the feed is live', () => feed.frames.some((f) => f.frame.type === 'checkpoint'));
    const m1 = await say('m1');
    if (how === 'leaves') await cast.mia.api.conversations.leave({ conversationId: id });
    else await cast.owner.api.members.remove({ conversationId: id, userId: cast.mia.id });
    const m2 = await say('m2');
    return { id, say, feed, m1, m2 };
  }
  const textsOf = (frames: { frame: unknown }[]) =>
    frames.flatMap(({ frame }) => (JSON.stringify(frame).match(/"text":"m\d"/g) ?? []).map((t) => t.slice(8, 10)));

  test.each(['leaves', 'is removed'] as const)(
    'H1, H2: who %s sees nothing while out, and after coming back m1 and m3 but never m2, on every surface',
    async (how) => {
      const { id, say, feed, m1, m2 } = await story(how);
      const out = [
        cast.mia.api.conversations.get({ conversationId: id }),
        cast.mia.api.messages.list({ conversationId: id }),
        cast.mia.api.messages.get({ messageId: m1.id }),
        cast.mia.api.messages.get({ messageId: m2.id }),
      ];
      expect(await Promise.all(out.map(verdict))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
      expect((await cast.mia.api.conversations.list({})).items.some((c) => c.id === id)).toBe(false);

      await cast.owner.api.members.add({ conversationId: id, person: cast.mia.id });
      expect(await cast.mia.api.conversations.get({ conversationId: id })).toMatchObject({ lastMessage: { text: 'm1' }, unreadCount: 1 });
      const m3 = await say('m3');

      const page = (order: 'asc' | 'desc') =>
        cast.mia.api.messages.list({ conversationId: id, order }).then((p) => p.items.map((m) => m.text));
      expect(await page('asc')).toEqual(['m1', 'm3']);
      expect(await page('desc')).toEqual(['m3', 'm1']);
      expect(await Promise.all([m1, m2, m3].map((m) => verdict(cast.mia.api.messages.get({ messageId: m.id }))))).toEqual([
        'done',
        'NOT_FOUND',
        'done',
      ]);
      const view = await cast.mia.api.conversations.get({ conversationId: id });
      expect(view).toMatchObject({ lastMessage: { text: 'm3' }, unreadCount: 2 });
      expect((await cast.mia.api.conversations.list({})).items.find((c) => c.id === id)).toEqual(view);
      expect((await cast.mia.api.session.snapshot()).conversations.find((c) => c.id === id)).toEqual(view);

      await eventually('m3 is live', () => textsOf(feed.frames).includes('m3'));
      await feed.stop();
      expect(JSON.stringify(feed.frames)).not.toContain('m2');

      const replay = cast.world.subscribe(cast.mia, 0);
      await eventually('the replay ends', () => replay.frames.some((f) => f.frame.type === 'checkpoint'));
      await replay.stop();
      expect(
        replay.frames.flatMap(({ frame }) => (frame.type === 'message.created' && frame.stream === id ? [frame.message.text] : [])),
      ).toEqual(['m1', 'm3']);
      expect(JSON.stringify(replay.frames)).not.toContain('"m2"');
      expect(
        replay.frames.some(({ frame }) => frame.type === 'skip' && frame.fromSeq <= m2.seq && m2.seq <= frame.toSeq && frame.stream === id),
      ).toBe(true);

      const control = cast.world.subscribe(cast.other, 0); // what was said was said: those inside got all of it
      await eventually('the replay ends', () => control.frames.some((f) => f.frame.type === 'checkpoint'));
      await control.stop();
      expect(
        control.frames.flatMap(({ frame }) => (frame.type === 'message.created' && frame.stream === id ? [frame.message.text] : [])),
      ).toEqual(['m1', 'm2', 'm3']);
    },
  );

  test('H2: paging goes over the gap without a hole or a repeat', async () => {
    const { id, say } = await story('leaves');
    await cast.owner.api.members.add({ conversationId: id, person: cast.mia.id });
    for (let i = 0; i < 3; i++) await say(`n${i}`);
    for (const order of ['asc', 'desc'] as const) {
      const texts: (string | null)[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: { text: string | null }[]; nextCursor: string | null } = await cast.mia.api.messages.list({
          conversationId: id,
          order,
          limit: 1,
          cursor,
        });
        texts.push(...page.items.map((m) => m.text));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(texts).toEqual(order === 'asc' ? ['m1', 'n0', 'n1', 'n2'] : ['n2', 'n1', 'n0', 'm1']);
    }
  });
});
