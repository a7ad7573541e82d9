import { bytesOf, counterFollower, newId, segmentsOf, topUsers } from '@koreromai/db';
import { type Dialect, eachDatabase } from '@koreromai/testing';
import { expect, test } from 'vitest';
import { createCast } from '../test/cast.ts';
import { refusalOf } from '../test/refused.ts';
import { days, say, users } from './test/asking.ts';

const hour = 3_600_000;

eachDatabase('analytics', (dialect: Dialect) => {
  const cast = createCast(dialect, ['admin', 'anahera', 'mia', 'tama', 'wiremu', 'stranger']);
  const at = (instant: string) => void (cast.world.clock.now = Date.parse(instant));
  const follower = (set: { holder: Buffer | null; lease_until: number }) =>
    cast.world.db.read.updateTable('follower').set(set).where('name', '=', counterFollower).execute();
  /** Another process that never comes has the follower's lease. */
  const stall = () => follower({ holder: bytesOf(newId()), lease_until: Number.MAX_SAFE_INTEGER });
  const resume = () => follower({ holder: null, lease_until: 0 });

  test('R080, R083: five users with most messages for any user of the chat, ties by name and then by id', async () => {
    const [x1, x2, many] = await Promise.all([cast.world.person('same'), cast.world.person('twin'), cast.world.person('zoe')]);
    const { id: conversationId } = await cast.world.group(cast.anahera, [cast.mia, cast.tama, x1, x2, many, cast.wiremu]);
    await cast.world.db.read.updateTable('user').set({ name: 'same' }).where('id', '=', bytesOf(x2.id)).execute();
    await say(conversationId, many, many, many, cast.tama, x1, x2, cast.mia, cast.mia, cast.anahera, cast.wiremu);
    const page = await cast.wiremu.api.analytics.topUsers({ conversationId });
    expect(page.items.map((row) => [row.user.name, row.messages])).toEqual([
      ['zoe', 3],
      ['mia', 2],
      ['anahera', 1],
      ['same', 1],
      ['same', 1],
    ]);
    expect(page.items.slice(3).map((row) => row.user.id)).toEqual([x1.id, x2.id].toSorted());
    expect(page.nextCursor).not.toBeNull();
    expect(await users(cast.wiremu, { conversationId, cursor: page.nextCursor })).toEqual(['tama 1', 'wiremu 1']);
    const walked: string[] = [];
    let cursor: string | null | undefined;
    do {
      const one = await cast.wiremu.api.analytics.topUsers({ conversationId, limit: 1, cursor });
      walked.push(...one.items.map((row) => row.user.id));
      cursor = one.nextCursor;
    } while (cursor !== null);
    expect(walked).toEqual((await cast.wiremu.api.analytics.topUsers({ conversationId, limit: 100 })).items.map((row) => row.user.id));
  });

  test('R081: from is included and to is not, to the millisecond', async () => {
    const { id: conversationId } = await cast.world.direct(cast.mia, cast.tama);
    for (const instant of ['2026-04-01T00:00:00.000Z', '2026-04-01T00:00:00.001Z', '2026-04-02T10:07:30.500Z']) {
      at(instant);
      await say(conversationId, cast.mia);
    }
    const count = async (from?: string, to?: string) => users(cast.mia, { conversationId, ...(from && { from }), ...(to && { to }) });
    expect(await count('2026-04-01', '2026-04-01T00:00:00.001Z')).toEqual(['mia 1']);
    expect(await count('2026-04-01T00:00:00.001Z', '2026-04-02T10:07:30.500Z')).toEqual(['mia 1']);
    expect(await count('2026-04-01T00:00:00.001Z', '2026-04-02T10:07:30.501Z')).toEqual(['mia 2']);
    expect(await count('2026-04-02T22:07:30.500+12:00')).toEqual(['mia 1']);
    expect(await count(undefined, '2026-04-01')).toEqual([]);
  });

  test('R081: a date is a day of the zone asked for', async () => {
    const { id: conversationId } = await cast.world.direct(cast.mia, cast.wiremu);
    at('2026-06-30T18:14:59.999Z'); // in Kathmandu 23:59:59.999
    await say(conversationId, cast.mia);
    at('2026-06-30T18:15:00.000Z');
    await say(conversationId, cast.wiremu);
    const july = { conversationId, from: '2026-07-01' };
    expect(await users(cast.mia, { ...july, tz: 'Asia/Kathmandu' })).toEqual(['wiremu 1']);
    expect(await users(cast.mia, { ...july, tz: 'pacific/auckland' })).toEqual(['mia 1', 'wiremu 1']);
    expect(await users(cast.mia, july)).toEqual([]);
    expect(await days(cast.mia, { conversationId, tz: 'Asia/Kathmandu' })).toEqual(['2026-07-01 1', '2026-06-30 1']);
  });

  test('days are local also when the clocks are moved, newest first, empty ones among them', async () => {
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    // Auckland leaves summer time on 2026-04-05 at 03:00: that day has 25 hours.
    for (const instant of ['2026-04-04T10:59:59.999Z', '2026-04-04T11:00:00Z', '2026-04-05T11:59:59.999Z', '2026-04-05T12:00:00Z']) {
      at(instant);
      await say(conversationId, cast.mia);
    }
    at('2026-04-07T12:30:00Z');
    await say(conversationId, cast.tama);
    const auckland = { conversationId, tz: 'Pacific/Auckland' };
    expect(await days(cast.mia, auckland)).toEqual(['2026-04-08 1', '2026-04-07 0', '2026-04-06 1', '2026-04-05 2', '2026-04-04 1']);
    expect(await days(cast.mia, { ...auckland, from: '2026-04-05', to: '2026-04-06' })).toEqual(['2026-04-05 2']);
    expect(await days(cast.mia, { ...auckland, from: '2026-04-05T11:00:01Z', to: '2026-04-05T12:00:00.001Z' })).toEqual([
      '2026-04-06 1',
      '2026-04-05 1',
    ]);
    expect(await days(cast.stranger)).toEqual([]);
  });

  test('R081: an unknown zone or date and a range that ends before it begins are BAD_RANGE, with the field named', async () => {
    const wrong = [
      { tz: 'Pacific/Nowhere' },
      { tz: '+05:45' },
      { tz: '' },
      { from: '2026-02-30' },
      { from: 'yesterday' },
      { from: '2026-1-1' },
      { from: '2026-01-01T00:00:00' },
      { to: '2026-01-01T25:00:00Z' },
      { to: '2026-13-01' },
      { to: '' },
      { from: '2026-01-02', to: '2026-01-02' },
      { from: '2026-01-02', to: '2026-01-01' },
      { from: '2026-01-01T00:00:00Z', to: '2026-01-01', tz: 'Pacific/Auckland' },
    ];
    for (const input of wrong) {
      for (const list of ['topUsers', 'topConversations', 'daily'] as const) {
        const refusal = await refusalOf(cast.mia.api.analytics[list](input));
        expect([refusal?.code, Object.keys(input)], JSON.stringify(input)).toEqual([
          'BAD_RANGE',
          expect.arrayContaining(Object.keys(refusal?.info.fields ?? { none: '' })),
        ]);
      }
    }
  });

  test('a second page counts what was there when the first was read', async () => {
    at('2026-05-01T09:00:00Z');
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    await say(conversationId, cast.mia, cast.mia, cast.tama, cast.tama, cast.wiremu);
    const first = await cast.mia.api.analytics.topUsers({ conversationId, limit: 1 });
    cast.world.clock.now += hour;
    await say(conversationId, cast.wiremu, cast.wiremu, cast.wiremu);
    expect(await users(cast.mia, { conversationId, limit: 5, cursor: first.nextCursor })).toEqual(['tama 2', 'wiremu 1']);
    expect(await users(cast.mia, { conversationId, limit: 1 })).toEqual(['wiremu 4']);
  });

  test('what the follower has not added up is counted all the same', async () => {
    at('2026-05-03T09:00:00Z');
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    const { read } = cast.world.db;
    const months = () =>
      read.selectFrom('counter_month').select('messages').where('conversation_id', '=', bytesOf(conversationId)).execute();
    await cast.world.services.caughtUp();
    await stall();
    await say(conversationId, cast.mia, cast.mia, cast.tama);
    at('2026-09-03T09:00:00Z');
    expect(await users(cast.mia, { conversationId })).toEqual(['mia 2', 'tama 1']);
    expect(await months()).toEqual([]); // or the line above proves nothing
    await resume();
    await cast.world.services.caughtUp();
    expect((await months()).map((row) => row.messages).toSorted()).toEqual([1, 2]);
    expect(await users(cast.mia, { conversationId })).toEqual(['mia 2', 'tama 1']);
  });

  test('a clock half an hour behind that posts into yesterday while the follower is behind is counted', async () => {
    at('2026-05-06T00:10:00Z');
    const { id: conversationId } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    await cast.world.services.caughtUp();
    await stall();
    await say(conversationId, cast.mia);
    at('2026-05-05T23:40:00Z');
    await say(conversationId, cast.tama);
    at('2026-05-08T00:00:00Z');
    expect(await users(cast.mia, { conversationId })).toEqual(['mia 1', 'tama 1']);
    await resume();
  });

  test('who is in six thousand chats is answered like everybody else, over any range', async () => {
    const { clock, db } = cast.world;
    const { id } = await cast.world.group(cast.mia, [cast.tama, cast.wiremu]);
    await say(id, cast.mia);
    const conversations = [id, ...Array.from({ length: 6_000 }, () => newId())];
    const segments = segmentsOf({ from: clock.now - 100 * 24 * hour - 1, to: clock.now + 1 }, Math.floor(clock.now / (24 * hour)));
    expect(segments.length).toBeGreaterThan(5);
    const found = await topUsers(db.side, { conversations, segments }, null, 5);
    expect(found.map((row) => [row.name, Number(row.messages)])).toEqual([['mia', 1]]);
  });
});
