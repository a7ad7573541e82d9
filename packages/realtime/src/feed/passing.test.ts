import { limits, type PassingFrame } from '@koreromai/contract';
import { describe, expect, test } from 'vitest';
import { createStage, settled } from '../test/stage.ts';

const typing = (stream: string, userId = 'tama'): PassingFrame => ({ type: 'typing', stream, userId, at: '2026-11-21T03:00:00.000Z' });

describe.each([
  ['asked', false],
  ['handed over', true],
] as const)('a feed whose frames are %s', (_how, flows) => {
  test('L6: what passes comes where the subscriber is, moves no place, and is never told again', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    const mia = s.subscribe('mia', 0);
    const other = s.subscribe('eru', 0);
    await settled();
    s.bus.whisper({ frame: typing('room'), streams: ['room', 'mia'], except: [] });
    await settled();
    s.say('room');
    await settled();
    expect(mia.frames.slice(-3).map(({ pos, frame }) => [pos, frame.type])).toEqual([
      [2, 'checkpoint'],
      [2, 'typing'],
      [3, 'conversation.updated'],
    ]);
    expect(other.types()).not.toContain('typing');
    await mia.stop();
    const again = s.subscribe('mia', 0);
    await settled();
    expect(again.types()).toContain('conversation.updated');
    expect(again.types()).not.toContain('typing');
    await Promise.all([again.stop(), other.stop()]);
  });

  test('D9: who is left out of it hears nothing, and the others do', async () => {
    await using s = await createStage({ flows });
    for (const user of ['mia', 'tama']) s.add(user, 'room');
    const [mia, tama] = [s.subscribe('mia', null), s.subscribe('tama', null)];
    await settled();
    s.bus.whisper({ frame: typing('room'), streams: ['room'], except: ['tama'] });
    await settled();
    expect(mia.types()).toContain('typing');
    expect(tama.types()).not.toContain('typing');
    await Promise.all([mia.stop(), tama.stop()]);
  });

  test('G6: what was whispered before somebody went is not told after, whatever stream it came by', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    const gate = Promise.withResolvers<void>();
    let open = Promise.resolve();
    const mia = s.subscribe('mia', null, () => open);
    await settled();
    open = gate.promise;
    s.say('room'); // the reader takes this one, then waits
    await settled();
    s.bus.whisper({ frame: typing('room'), streams: ['mia'], except: [] });
    s.remove('mia', 'room');
    gate.resolve();
    await settled();
    expect(mia.types()).toContain('you.removed');
    expect(mia.types()).not.toContain('typing');
    await mia.stop();
  });

  test('G14: who lags behind is told everything that lasts, and no more than a little of what passes', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    const gate = Promise.withResolvers<void>();
    let open = Promise.resolve();
    const mia = s.subscribe('mia', null, () => open);
    await settled();
    open = gate.promise;
    s.say('room');
    await settled();
    for (let i = 0; i < 2 * limits.feed.tail; i++) s.bus.whisper({ frame: typing('room'), streams: ['room'], except: [] });
    for (let i = 0; i < 10; i++) s.say('room');
    const { after } = s.reads;
    gate.resolve();
    await settled();
    expect(mia.told('room')).toHaveLength(11);
    expect(mia.types().filter((type) => type === 'typing').length).toBeLessThanOrEqual(limits.feed.passing);
    expect(s.reads.after, 'no catch-up was needed').toBe(after);
    await mia.stop();
  });
});
