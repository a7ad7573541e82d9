import { limits, type Page, readInput, readMarks, readsInput } from '@koreromai/contract';
import { bytesOf, idOf, lookup, receiptPage } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import { paged } from '../page.ts';
import type { Services } from '../services.ts';
import { limited, member, router } from '../trpc.ts';
import { userView } from '../users/view.ts';

/** N1: the mark only grows, and never beyond what is there. Told on the reader's own stream, so all their devices agree. `moved`: where it is, if it was moved. */
export const readMoved = changeKind<{ userId: string; conversationId: string; seq: number }, { moved: number | null }>()({
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
    if (seq <= (facts.marks.get(key) ?? 0)) return { moved: null };
    draft.insert(
      'member_state',
      { user_id: bytesOf(input.userId), conversation_id: bytesOf(input.conversationId), last_read_seq: seq },
      { set: ['last_read_seq'] },
    );
    draft.event({ stream: input.userId, type: 'read.moved', actor: input.userId, subject: input.conversationId, number: seq });
    facts.marks.set(key, seq);
    return { moved: seq };
  },
});

type Receipt = Awaited<ReturnType<typeof receiptPage>>[number];

/** N2: who sees whose receipts is the same both ways, so whoever this person could look at is told. */
async function tellRead({ read, bus }: Services, userId: string, conversationId: string, seq: number): Promise<void> {
  const others = await receiptPage(read, userId, conversationId, null, limits.group.maxSeats);
  bus.whisper({ frame: { type: 'read', stream: conversationId, userId, seq }, streams: others.map((o) => idOf(o.user_id)), except: [] });
}

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
    .mutation(async ({ ctx, input }) => {
      const { services, caller, standing } = ctx;
      const { conversationId } = standing;
      const { moved } = await services.lane.change(readMoved, { userId: caller.id, conversationId, seq: input.seq });
      if (moved !== null && standing.kind !== 'room') await tellRead(services, caller.id, conversationId, moved).catch(services.onFault);
    }),

  /** N2: how far the others have read. In rooms nobody sees that of anybody. */
  list: member
    .meta({
      rest: {
        method: 'GET',
        path: '/conversations/{id}/reads',
        params: { id: 'conversationId' },
        summary: 'How far the others have read',
      },
    })
    .input(readsInput)
    .output(readMarks)
    .query(async ({ ctx, input }) => {
      const { services, caller, standing } = ctx;
      const page: Page<Receipt> = await paged({
        seal: services.seal,
        list: `reads ${standing.conversationId} ${caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: async (after, limit) =>
          standing.kind === 'room' ? [] : receiptPage(services.read, caller.id, standing.conversationId, after, limit),
        keyOf: (row) => idOf(row.user_id),
      });
      return {
        ...page,
        items: page.items.map((row) => ({ user: userView(row.user_id, row), lastReadSeq: Number(row.last_read_seq ?? 0) })),
      };
    }),
});
