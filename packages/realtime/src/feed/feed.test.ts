import { limits } from '@koreromai/contract';
import { describe, expect, test } from 'vitest';
import { createStage, settled } from '../test/stage.ts';

const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, i) => from + i);

describe.each([
  ['asked', false],
  ['handed over', true],
] as const)('a feed whose frames are %s', (_how, flows) => {
  test('replay, a checkpoint, then live: each event once and in order', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    s.say('room');
    const mia = s.subscribe('mia', 0);
    await settled();
    s.say('room');
    await settled();
    expect(mia.types()).toEqual([
      'conversation.updated',
      'conversation.updated',
      'conversation.updated',
      'checkpoint',
      'conversation.updated',
    ]);
    expect(mia.told('room')).toEqual([1, 2, 3]);
    expect(mia.frames.map((f) => f.pos)).toEqual([1, 2, 3, 3, 4]);
    await mia.stop();
  });

  test('L2: an event that commits while the heads are read is neither lost nor doubled, whatever stream it is on', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'busy');
    s.add('mia', 'quiet');
    const from = s.top();
    s.say('busy');
    s.hooks.set('heads', () => {
      s.say('quiet'); // its head was read before this, so the log is not asked about it
      s.say('busy'); // … and this one lies behind it in the log
    });
    const mia = s.subscribe('mia', from);
    await settled();
    expect(mia.told('busy')).toEqual([2, 3]);
    expect(mia.told('quiet')).toEqual([2]);
    expect(mia.frames.map((f) => f.pos).filter((pos, i, all) => i > 0 && pos < (all[i - 1] ?? 0))).toEqual([]);
    await mia.stop();
  });

  test.each(['standing', 'heads', 'head', 'after', 'project'] as const)(
    'L2: what commits during the reading of %s is told once',
    async (hook) => {
      await using s = await createStage({ flows });
      s.add('mia', 'a');
      s.add('mia', 'b');
      const from = s.top();
      s.say('a');
      s.hooks.set(hook, () => {
        for (const stream of ['b', 'a', 'b']) s.say(stream);
      });
      const mia = s.subscribe('mia', from);
      await settled();
      s.say('a');
      s.say('b');
      await settled();
      expect({ a: mia.told('a'), b: mia.told('b') }).toEqual({ a: [2, 3, 4], b: [2, 3, 4] });
      await mia.stop();
    },
  );

  test.each(['standing', 'heads', 'head', 'after'] as const)(
    'G6: who is removed during the reading of %s gets nothing that is said after it',
    async (hook) => {
      await using s = await createStage({ flows });
      s.add('mia', 'room');
      s.add('mia', 'other');
      const from = s.top();
      s.say('room');
      s.hooks.set(hook, () => {
        s.remove('mia', 'room'); // seq 3
        s.say('room');
      });
      const mia = s.subscribe('mia', from);
      await settled();
      s.say('room');
      s.say('other');
      await settled();
      expect(mia.told('room').filter((seq) => seq > 3)).toEqual([]);
      expect(mia.types()).toContain('you.removed');
      expect(mia.told('other')).toEqual([2]);
      await mia.stop();
    },
  );

  test('G6: removal ends delivery at once, and the news of it is the last that comes', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    s.add('tama', 'room');
    const mia = s.subscribe('mia', null);
    const tama = s.subscribe('tama', null);
    await settled();
    s.say('room');
    s.remove('mia', 'room');
    s.say('room');
    await settled();
    expect(mia.told('room')).toEqual([3]);
    expect(mia.frames.at(-1)?.frame).toMatchObject({ type: 'you.removed', conversationId: 'room' });
    expect(tama.told('room')).toEqual([3, 4, 5]); // the canary: it was said, and to those inside it was told
    await mia.stop();
    await tama.stop();
  });

  test('H2: of what was said while one was away the feed says only where it lies', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room'); // 1
    s.say('room'); // 2
    s.remove('mia', 'room'); // 3
    s.say('room'); // 4
    s.say('room'); // 5
    s.add('mia', 'room'); // 6
    s.say('room'); // 7
    const mia = s.subscribe('mia', 0);
    await settled();
    expect(mia.told('room')).toEqual([1, 2, 3, -4, -5, 6, 7]);
    await mia.stop();
  });

  test('a chat joined live is carried from the next event on, and left it is not', async () => {
    await using s = await createStage({ flows });
    const mia = s.subscribe('mia', null);
    await settled();
    s.say('room');
    s.add('mia', 'room');
    s.say('room');
    s.remove('mia', 'room');
    s.say('room');
    s.add('mia', 'room');
    s.say('room');
    await settled();
    expect(mia.told('room')).toEqual([3, 7]);
    await mia.stop();
  });

  test.each(['standing', 'heads', 'head', 'after'] as const)(
    'a chat joined during the reading of %s is followed from its joining',
    async (hook) => {
      await using s = await createStage({ flows });
      s.add('mia', 'old');
      const from = s.top();
      s.say('old');
      s.hooks.set(hook, () => {
        s.add('mia', 'new'); // 1
        s.say('new'); // 2
        s.say('old'); // 3
      });
      const mia = s.subscribe('mia', from);
      await settled();
      s.say('new');
      await settled();
      expect(mia.told('new').filter((seq) => seq > 1)).toEqual([2, 3]);
      expect(mia.told('old')).toEqual([2, 3]);
      await mia.stop();
    },
  );

  test('a tail that overflows is thrown away and the log is read again, without a gap', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    let open = () => {};
    let gate = Promise.resolve();
    const mia = s.subscribe('mia', null, () => gate);
    await settled();
    gate = new Promise((resolve) => {
      open = resolve;
    });
    s.say('room');
    await settled();
    for (let i = 0; i < limits.feed.tail * 2; i++) s.say('room');
    const before = s.reads.after;
    open();
    await settled();
    await settled();
    expect(s.reads.after).toBeGreaterThan(before);
    expect(mia.told('room')).toEqual(upTo(2 + limits.feed.tail * 2, 2));
    await mia.stop();
  });

  test('more than 2,000 rows behind is a reset, and live goes on from there', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    for (let i = 0; i < limits.feed.replayRows + 1; i++) s.say('room');
    const mia = s.subscribe('mia', 0);
    await settled();
    expect(mia.frames.map((f) => f.frame)).toEqual([{ type: 'reset', reason: 'tooFarBehind' }, { type: 'checkpoint' }]);
    const next = s.say('room');
    await settled();
    expect(mia.told('room')).toEqual([next]);
    await mia.stop();
  });

  test('a cursor beyond the head is a reset, and live goes on from the head', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    const mia = s.subscribe('mia', 99);
    await settled();
    expect(mia.frames[0]).toEqual({ pos: 2, frame: { type: 'reset', reason: 'cursor' } });
    const next = s.say('room');
    await settled();
    expect(mia.told('room')).toEqual([next]);
    await mia.stop();
  });

  test('a subscriber that stops is attached to nothing', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    const mia = s.subscribe('mia', null);
    await settled();
    await mia.stop();
    const count = mia.frames.length;
    s.say('room');
    await settled();
    expect(mia.frames).toHaveLength(count);
  });
});
