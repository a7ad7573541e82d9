import { conversationInput, draft, draftInput, draftsInput, normaliseText, pageOf, Refusal, textFits } from '@koreromai/contract';
import { bytesOf, draftPage, idOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';
import { z } from 'zod';
import { paged } from '../page.ts';
import { authed, limited, member, router } from '../trpc.ts';
import { isoOf } from '../users/view.ts';

interface Drafting {
  readonly userId: string;
  readonly conversationId: string;
  /** Normalised and within the bound; null takes it away. */
  readonly text: string | null;
}

/** The last one stands, whichever device it comes from. The same text again changes nothing. */
const draftChanged = changeKind<Drafting, void>()({
  name: 'draft.changed',
  alone: true,
  streams: (input) => [input.userId],
  size: (input) => (input.text?.length ?? 0) * 3 + 200,
  lookups: (inputs) => ({
    state: lookup(
      'member_state',
      ['draft'],
      ['user_id', 'conversation_id'],
      inputs.map((i) => [bytesOf(i.userId), bytesOf(i.conversationId)]),
    ),
  }),
  facts: (found) => found.state[0]?.draft ?? null,
  decide({ userId, conversationId, text }, before, draft) {
    if (text === before) return;
    const row = {
      user_id: bytesOf(userId),
      conversation_id: bytesOf(conversationId),
      draft: text,
      draft_at: text === null ? null : draft.now,
    };
    draft.insert('member_state', row, { set: ['draft', 'draft_at'] });
    draft.event({ stream: userId, type: 'draft.changed', actor: userId, subject: conversationId });
  },
});

const path = '/conversations/{id}/draft';
const params = { id: 'conversationId' };

/** UI10: what one began to write, kept for one's other devices. Clients clear it when they post. */
export const draftsRouter = router({
  set: member
    .meta({ rest: { method: 'PUT', path, params, summary: 'Keep what I began to write' } })
    .use(limited('read'))
    .input(draftInput)
    .output(z.void())
    .mutation(({ ctx, input }) => {
      const text = normaliseText(input.text);
      if (!textFits(text)) throw new Refusal('MESSAGE_TOO_LONG', { fields: { text: 'must be at most 4,000 characters' } });
      return ctx.services.lane.change(draftChanged, { userId: ctx.caller.id, conversationId: input.conversationId, text: text || null });
    }),

  clear: member
    .meta({ rest: { method: 'DELETE', path, params, summary: 'Forget what I began to write' } })
    .use(limited('read'))
    .input(conversationInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      ctx.services.lane.change(draftChanged, { userId: ctx.caller.id, conversationId: input.conversationId, text: null }),
    ),

  list: authed
    .meta({ rest: { method: 'GET', path: '/me/drafts', summary: 'What I began to write' } })
    .input(draftsInput)
    .output(pageOf(draft))
    .query(async ({ ctx, input }) => {
      const { read, seal } = ctx.services;
      const page = await paged({
        seal,
        list: `drafts ${ctx.caller.id}`,
        key: z.string(),
        ...{ cursor: input.cursor, limit: input.limit },
        rows: (after, limit) => draftPage(read, ctx.caller.id, after, limit),
        keyOf: (row) => idOf(row.conversation_id),
      });
      const items = page.items.map((row) => ({
        conversationId: idOf(row.conversation_id),
        text: row.draft ?? '',
        at: isoOf(row.draft_at ?? 0),
      }));
      return { ...page, items };
    }),
});
