import { describe, expect, test } from 'vitest';
import { createStage, settled } from '../test/stage.ts';
import { Feed } from './feed.ts';

describe.each([
  ['asked', false],
  ['handed over', true],
] as const)('a feed whose frames are %s', (_how, flows) => {
  test.each(['standing', 'heads', 'head', 'after', 'project'] as const)(
    'a subscriber that stops during the reading of %s is attached to nothing',
    async (hook) => {
      await using s = await createStage({ flows });
      s.stage.withViews = false;
      s.add('mia', 'room');
      const subscriber: { stop?: () => Promise<void> } = {};
      s.hooks.set(hook, async () => {
        await null; // the first of them runs while `subscribe` does
        void subscriber.stop?.();
      });
      const mia = s.subscribe('mia', 0);
      subscriber.stop = mia.stop;
      await settled();
      s.say('room');
      await settled();
      expect(s.live.streams).toBe(0);
      expect(mia.types()).not.toContain('checkpoint');
    },
  );

  test('H3: in a chat joined live, an edit of what one may see is told, and an edit of what came before is not', async () => {
    await using s = await createStage({ flows });
    s.add('tama', 'room'); // 1
    const mia = s.subscribe('mia', null);
    await settled();
    s.add('mia', 'room'); // 2
    s.commit({ stream: 'room', type: 'message.updated', subject: 'old', number: 1 }); // 3
    s.commit({ stream: 'room', type: 'message.updated', subject: 'new', number: 2 }); // 4
    await settled();
    s.commit({ stream: 'room', type: 'message.updated', subject: 'new', number: 2 }); // 5
    await settled();
    expect(mia.told('room')).toEqual([-3, 4, 5]);
    await mia.stop();
  });

  test('G6, Q4: who is shut out by the rules of the place hears that it ended, and nothing that is said behind it', async () => {
    await using s = await createStage({ flows });
    s.add('mia', 'room');
    s.add('mia', 'other');
    const mia = s.subscribe('mia', null);
    await settled();
    s.say('room');
    s.bar('mia', 'room');
    s.say('room');
    s.say('other');
    await settled();
    s.say('room');
    await settled();
    expect(mia.told('room')).toEqual([2]);
    expect(mia.types()).toContain('ended');
    expect(mia.told('other')).toEqual([2]);
    await mia.stop();
  });
});

test('what comes any number of steps after the last thing was handed over is handed over too', async () => {
  await using s = await createStage();
  s.add('mia', 'room');
  for (let steps = 0; steps < 40; steps++) {
    const { live, log } = s;
    const standing = async () => new Map([['room', [{ from: 1, to: null }]]]);
    const feed = new Feed({ live, log, project: async (events) => events.map(() => null), standing, userId: 'mia', from: s.top() });
    const told: string[] = [];
    feed.flow(
      ({ frame }) => {
        told.push(frame.type);
        if (frame.type === 'checkpoint') void later(steps, () => s.say('room'));
      },
      (error) => expect.fail(String(error)),
    );
    await settled();
    feed.close();
    expect(told, `after ${steps} steps`).toEqual(['checkpoint', 'conversation.updated']);
  }
});

async function later(steps: number, act: () => void): Promise<void> {
  for (let i = 0; i < steps; i++) await null;
  act();
}
