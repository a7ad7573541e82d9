import { bytesOf, lookup } from '@koreromai/db';
import { changeKind } from '@koreromai/realtime';

export interface Report {
  readonly id: string;
  readonly messageId: string;
  readonly conversationId: string;
  readonly reporterId: string;
  readonly reason: string;
}

/** Asks the site's moderators to look: from now on they may see this one message. The same person again changes nothing. */
export const messageReported = changeKind<Report, void>()({
  name: 'message.reported',
  alone: true,
  streams: (input) => [input.conversationId],
  lookups: (inputs) => ({
    before: lookup(
      'report',
      ['id'],
      ['message_id', 'reporter_id'],
      inputs.map((i) => [bytesOf(i.messageId), bytesOf(i.reporterId)]),
    ),
  }),
  facts: (found) => found.before.length > 0,
  decide(input, before, draft) {
    if (before) return;
    draft.insert('report', {
      id: bytesOf(input.id),
      message_id: bytesOf(input.messageId),
      conversation_id: bytesOf(input.conversationId),
      reporter_id: bytesOf(input.reporterId),
      reason: input.reason,
      created_at: draft.now,
      resolved_at: null,
      resolved_by: null,
    });
  },
});
