import type { Message } from '@koreromai/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyTimeline, isLoaded, reaching, withMessage, withNewest, withOlder } from './timeline.ts';

const message = (seq: number): Message => {
  const at = '2026-11-21T00:00:00.000Z';
  const author = { id: 'a', username: 'a', name: 'a', bio: '', avatarUrl: null, bot: false, createdAt: at };
  return {
    id: `m${seq}`,
    conversationId: 'c',
    seq,
    author,
    text: '',
    createdAt: at,
    updatedAt: at,
    editedAt: null,
    version: 1,
    deleted: false,
    replyTo: null,
    mentions: [],
    attachments: [],
    reactions: [],
    likeCount: 0,
    likedByMe: false,
    pinned: false,
  };
};
/** The newest `limit` messages up to `seq` of a chat in which every third event is no message. */
const all = (seq: number) => Array.from({ length: seq }, (_, n) => n + 1).filter((n) => n % 3 !== 0);
const pageOf = (seqs: number[], limit: number) => {
  const items = seqs.slice(-limit).reverse().map(message);
  return { items, nextCursor: items.length < seqs.length ? String(items.at(-1)?.seq) : null };
};
const seqs = (timeline: { messages: readonly Message[] }) => timeline.messages.map((held) => held.seq);

it('is never shown with a hole, whatever pages and events come in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('event', 'newest', 'older', 'missed'), fc.nat(30)), { minLength: 5, maxLength: 40 }),
      (steps) => {
        let head = 10;
        let timeline = emptyTimeline(head);
        for (const [step, n] of steps) {
          if (step === 'missed') head += n; // a gap: nothing reaches this client
          if (step === 'event' && timeline.toSeq === head) {
            head += 1;
            timeline = reaching(timeline, head);
            if (head % 3 !== 0) timeline = withMessage(timeline, message(head));
          }
          if (step === 'newest') timeline = withNewest(timeline, pageOf(all(head - (n % 3)), 8), head - (n % 3));
          const cursor = timeline.nextCursor;
          if (step === 'older' && cursor)
            timeline = withOlder(
              timeline,
              pageOf(
                all(head).filter((seq) => seq < Number(cursor)),
                8,
              ),
              cursor,
            );
          expect(seqs(timeline)).toEqual(all(timeline.toSeq).filter((seq) => seq >= timeline.fromSeq));
          if (isLoaded(timeline)) expect(timeline.complete).toBe(timeline.fromSeq === 0);
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('UI7: a newest page beyond a hole replaces what was there', () => {
  const old = withNewest(emptyTimeline(20), pageOf(all(20), 5), 20);
  const fresh = withNewest(old, pageOf(all(90), 5), 90);
  expect(seqs(fresh)).toEqual([83, 85, 86, 88, 89]);
  expect(fresh.nextCursor).toBe('83');
});

it('UI4: when more happens than a page holds while the first page is under way, what is older can still be reached', () => {
  let busy = emptyTimeline(19);
  for (const seq of all(80).filter((n) => n > 19)) busy = withMessage(reaching(busy, seq), message(seq));
  const loaded = withNewest(busy, pageOf(all(80), 20), 80);
  expect(loaded).toMatchObject({ complete: false, nextCursor: expect.any(String) });
});

it('an older page than what is held changes nothing', () => {
  const held = withNewest(emptyTimeline(90), pageOf(all(90), 5), 90);
  expect(seqs(withNewest(held, pageOf(all(20), 5), 20))).toEqual(seqs(held));
});

it('an older page that the window has moved away from is ignored', () => {
  const held = withNewest(emptyTimeline(90), pageOf(all(90), 5), 90);
  expect(withOlder({ ...held, loading: true }, pageOf(all(20), 5), 'another')).toEqual(held);
});

it('UI2: an own message that is ahead of its event stays through a page from before it', () => {
  const ahead = withMessage(emptyTimeline(10), message(13));
  expect(seqs(withNewest(ahead, pageOf(all(10), 3), 10))).toEqual([7, 8, 10, 13]);
  const beyond = withMessage(withNewest(emptyTimeline(20), pageOf(all(20), 5), 20), message(94));
  expect(seqs(withNewest(beyond, pageOf(all(90), 3), 90))).toEqual([86, 88, 89, 94]);
});

it('a message before the window is not squeezed into it', () => {
  const held = withNewest(emptyTimeline(90), pageOf(all(90), 5), 90);
  expect(withMessage(held, message(4))).toBe(held);
});
