import type { Invariant } from '../finding.ts';

export const unreadIsTrue: Invariant = {
  id: 'I11',
  promise: 'unread counts are what counting the messages again gives',
  *check({ unread = [], database }, entitlement) {
    const messages = Map.groupBy(database.messages, (m) => m.conversationId);
    for (const { user, conversationId, lastReadSeq, unreadCount, cap } of unread) {
      const all = messages.get(conversationId) ?? [];
      const visible = all.filter((m) => entitlement.covers(user, conversationId, m.seq));
      const counted = visible.filter((m) => m.authorId !== user && m.seq > lastReadSeq).length;
      if (unreadCount !== Math.min(counted, cap)) {
        yield `${user} is told of ${unreadCount} unread in ${conversationId} after seq ${lastReadSeq}, where ${counted} stand`;
      }
      const own = Math.max(0, ...visible.filter((m) => m.authorId === user).map((m) => m.seq));
      if (lastReadSeq < own) yield `${user} posted seq ${own} in ${conversationId} and has read only to seq ${lastReadSeq}`;
    }
  },
};
