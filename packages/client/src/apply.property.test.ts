import type { Frame } from '@koreromai/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import { act, applyAnswered, arrange, deed, freshState, seen, seenOf } from './test/history.ts';

const script = fc.array(deed, { minLength: 20, maxLength: 60 });
const runs = { numRuns: 300 };

describe('any history', () => {
  it('G9: a snapshot and the events after it are a fresh snapshot', () => {
    let frames = 0;
    fc.assert(
      fc.property(script, (deeds) => {
        const { world, me } = arrange();
        let state = freshState(me);
        for (const one of deeds) {
          for (const frame of act(world, me, one)) {
            frames += 1;
            state = applyAnswered(state, frame, me);
          }
        }
        expect(seen(state)).toEqual(seenOf(freshState(me), state));
      }),
      runs,
    );
    expect(frames).toBeGreaterThan(4_000);
  });

  it('G5, L4: a frame counts once, however often it comes', () => {
    fc.assert(
      fc.property(script, fc.infiniteStream(fc.nat()), (deeds, dice) => {
        const { world, me } = arrange();
        let once = freshState(me);
        let often = once;
        const told: Frame[] = [];
        for (const one of deeds) {
          for (const frame of act(world, me, one)) {
            told.push(frame);
            once = applyAnswered(once, frame, me);
            often = applyAnswered(often, frame, me);
            const [first = 0, second = 0] = [dice.next().value, dice.next().value];
            for (const again of told.slice(-(first % 8), told.length - (second % 3)))
              if (isHeld(often, again)) often = apply(often, again).state;
          }
        }
        expect(often).toEqual(once);
      }),
      runs,
    );
  });

  it('G5, L4: frames that are lost, doubled and reordered are noticed, and what is fetched is what a fresh client sees', () => {
    let faults = 0;
    fc.assert(
      fc.property(script, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (deeds, dice) => {
        const { world, me } = arrange();
        let state = freshState(me);
        const frames = deeds.flatMap((one) => act(world, me, one));
        for (const [place, frame] of frames.entries()) {
          const chance = dice.next().value;
          const swap = Math.floor(place * chance);
          if (chance < 0.1) frames[place] = { type: 'checkpoint' };
          else if (chance > 0.8) [frames[place], frames[swap]] = [frames[swap] ?? frame, frame];
          if (chance < 0.1 || chance > 0.8) faults += 1;
        }
        for (const frame of frames) state = applyAnswered(state, frame, me);
        const heads = Object.fromEntries([me.me.id, ...world.chats.keys()].map((stream) => [stream, world.log.headOf(stream)]));
        state = applyAnswered(state, { type: 'heads', heads }, me);
        expect(seen(state)).toEqual(seenOf(freshState(me), state));
      }),
      runs,
    );
    expect(faults).toBeGreaterThan(1_000);
  });

  it('changes nothing it was given', () => {
    fc.assert(
      fc.property(script, (deeds) => {
        const { world, me } = arrange();
        let state = frozen(freshState(me));
        for (const one of deeds) for (const frame of act(world, me, one)) state = frozen(applyAnswered(state, frozen(frame), me));
      }),
      { numRuns: 50 },
    );
  });
});

/** A conversation left since then would be asked for again: that is not what is tried here. */
const isHeld = (state: ReturnType<typeof freshState>, frame: Frame) =>
  'stream' in frame && (frame.stream === state.me?.id || frame.stream in state.conversations);

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
