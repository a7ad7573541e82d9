import { readInput } from '@koreromai/contract';
import { bytesOf, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import { limited, member, router } from '../trpc.ts';

/** N1: the mark only grows, and never beyond what is there. Told on the reader's own stream, so all their devices agree. */
export const readMoved = changeKind<{ userId: string; conversationId: string; seq: number }, void>()({
  name: 'read.moved',
  alone: false,
  streams: (input) => [input.userId],
  lookups: (inputs) => ({
    states: lookup(
      'member_state',
      ['user_id', 'conversation_id', 'last_read_seq'],
      ['user_id', 'conversation_id'],
      inputs.map((i) => [bytesOf(i.userId), bytesOf(i.conversationId)]),
    ),
    heads: lookup(
      'stream',
      ['id', 'seq'],
      ['id'],
      [...new Set(inputs.map((i) => i.conversationId))].map((id) => [bytesOf(id)]),
    ),
  }),
  facts: (found) => ({
    marks: new Map(found.states.map((s) => [`${idOf(s.user_id)} ${idOf(s.conversation_id)}`, Number(s.last_read_seq)])),
    heads: new Map(found.heads.map((h) => [idOf(h.id), Number(h.seq)])),
  }),
  decide(input, facts, draft) {
    const key = `${input.userId} ${input.conversationId}`;
    const seq = Math.min(input.seq, facts.heads.get(input.conversationId) ?? 0);
    if (seq <= (facts.marks.get(key) ?? 0)) return;
    draft.insert(
      'member_state',
      { user_id: bytesOf(input.userId), conversation_id: bytesOf(input.conversationId), last_read_seq: seq },
      { set: ['last_read_seq'] },
    );
    draft.event({ stream: input.userId, type: 'read.moved', actor: input.userId, subject: input.conversationId, number: seq });
    facts.marks.set(key, seq);
  },
});

export const readsRouter = router({
  mark: member
    .meta({
      rest: {
        method: 'PUT',
        path: '/conversations/{id}/read',
        params: { id: 'conversationId' },
        summary: 'Mark as read up to a message',
      },
    })
    .use(limited('read'))
    .input(readInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      ctx.services.lane.change(readMoved, { userId: ctx.caller.id, conversationId: input.conversationId, seq: input.seq }),
    ),
});
