import { conversationsEverOf } from '@koreromai/db';
import { changeKind, type Lane } from '@koreromai/realtime';
import { z } from 'zod';
import type { JobKind } from '../jobs/jobs.ts';
import type { Services } from '../services.ts';

const atOnce = 20;

/** Somebody's name is another one: told to those who see it there. Whether once or twice makes no difference. */
const memberTold = changeKind<{ conversationId: string; userId: string }, void>()({
  name: 'member.told',
  alone: false,
  streams: (input) => [input.conversationId],
  lookups: () => ({}),
  facts: () => null,
  decide: ({ conversationId, userId }, _facts, draft) =>
    void draft.event({ stream: conversationId, type: 'member.changed', actor: userId, subject: userId }),
});

/** The job behind a changed profile: one event in every direct chat and group where that person is or was, twenty at a time. */
export const tellProfile =
  ({ read, lane }: Services): JobKind =>
  async ({ subject, data }) => {
    const after = z.string().nullable().parse(data);
    const next = subject === null ? [] : await conversationsEverOf(read, subject, after, atOnce);
    await tellAll(lane, subject ?? '', next);
    return next.length < atOnce ? 'done' : { data: next.at(-1) };
  };

/** Has these conversations told that this person is shown otherwise now. */
export const tellAll = (lane: Lane, userId: string, conversationIds: readonly string[]) =>
  Promise.all(conversationIds.map((conversationId) => lane.change(memberTold, { conversationId, userId })));
