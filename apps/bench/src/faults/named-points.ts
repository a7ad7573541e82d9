import type { Point } from '@koreromai/realtime';
import type { Dice } from '@koreromai/testing';

/** Where the server can be told to kill itself, and how often it comes there, at most, before a life is over. */
const points: Record<Point, number> = {
  'lane.locked': 40,
  'lane.decided': 40,
  'lane.beforeCommit': 40,
  'lane.afterCommit': 40,
  'lane.afterPublish': 40,
  'lane.afterAck': 40,
  'feed.attached': 8,
  'feed.headsRead': 8,
  'feed.replayed': 8,
  'feed.live': 8,
  'follow.handled': 4,
};

/** Every point in turn, beginning anywhere, each time after another number of visits. */
export function* namedPoints(dice: Dice): Generator<{ point: string; failAt: string }, never> {
  const all = Object.entries(points);
  for (let n = dice.below(all.length); ; n++) {
    const [point, most] = all[n % all.length] ?? ['lane.locked', 1];
    yield { point, failAt: `${point}:${1 + dice.below(most)}` };
  }
}
