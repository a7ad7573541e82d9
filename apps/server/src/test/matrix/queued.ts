import { bytesOf } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

/** A delivery as the follower queues it, but never due: this server sends nothing. */
export const queued = changeKind<{ id: string; webhookId: string }, void>()({
  name: 'test.queued',
  alone: true,
  streams: () => [],
  lookups: () => ({}),
  facts: () => null,
  decide({ id, webhookId }, _facts, draft) {
    const row = { id: bytesOf(id), webhook_id: bytesOf(webhookId), event: 'message.created', seq: 1, state: 'failed', attempts: 9 };
    draft.insert('webhook_delivery', { ...row, status: 500, error: 'It answered 500.', run_after: null, created_at: draft.now });
  },
});
